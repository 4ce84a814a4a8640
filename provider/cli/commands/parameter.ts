/** The option by which an environment file is read with values. */
export const parameter = {
    type: "string",
    value: "NAME=VALUE",
    multiple: true,
    meaning: "a value of a parameter; those without a default must then be given, too",
} as const;
