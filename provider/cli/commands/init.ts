import { type Declaration, usualExits } from "../declaration";

export const initCommand = {
    name: "init",
    summary: "make a new project that runs as it stands, against simulated clouds",
    about: "Makes a new project in a folder that is new or empty. It runs as it stands, against simulated clouds and without an account. In a terminal it asks for what is not given; elsewhere it takes the defaults. `pulumi new ./node_modules/pulumi-machine-images/templates/TEMPLATE` takes the same templates.",
    takes: { value: "FOLDER", meaning: "where (default this folder)", atLeast: 0, atMost: 1, completes: "files" },
    options: {
        template: {
            type: "string",
            value: "TEMPLATE",
            meaning: "what to begin with; else --cloud and --typescript say it",
            choices: ["alibaba-environment", "alibaba-typescript", "huawei-environment", "huawei-typescript"],
        },
        cloud: {
            type: "string",
            value: "CLOUD",
            meaning: "where its servers are, huawei for Open Telekom Cloud too; default alibaba",
            choices: ["alibaba", "huawei"],
        },
        typescript: { type: "boolean", meaning: "as a TypeScript program; default as an environment file" },
        name: { type: "string", value: "PROJECT", meaning: "the project's name; default the folder's" },
        list: { type: "boolean", meaning: "say what the templates make, and make nothing" },
    },
    examples: [
        { line: "machine-images init my-images" },
        { line: "machine-images init my-images --cloud huawei --typescript" },
    ],
    exits: { ...usualExits, 0: "the project is made", 1: "nothing is made", 2: "called in a wrong way" },
} as const satisfies Declaration;
