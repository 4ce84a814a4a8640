/** Sets a parameter of an environment file. */
export const parameter = {
    type: "string",
    value: "NAME=VALUE",
    multiple: true,
    meaning: "value of a parameter; if set, every parameter without a default requires a value",
} as const;
