import { type Declaration, usualExits } from "../declaration";

export const initCommand = {
    name: "init",
    summary: "create a project that runs against simulated clouds",
    about:
        "Creates a project in a new or empty folder. The project runs against simulated clouds, without an account. In a " +
        "terminal, init prompts for missing options; elsewhere it uses the defaults. " +
        "`pulumi new ./node_modules/pulumi-machine-images/templates/TEMPLATE` uses the same templates.",
    takes: {
        value: "FOLDER",
        meaning: "folder of the project; default: the current folder",
        atLeast: 0,
        atMost: 1,
        completes: "files",
    },
    options: {
        template: {
            type: "string",
            value: "TEMPLATE",
            meaning: "template to use, instead of --cloud and --typescript",
            choices: ["alibaba-environment", "alibaba-typescript", "huawei-environment", "huawei-typescript"],
        },
        cloud: {
            type: "string",
            value: "CLOUD",
            meaning: "cloud of the servers; huawei includes Open Telekom Cloud; default: alibaba",
            choices: ["alibaba", "huawei"],
        },
        typescript: { type: "boolean", meaning: "create a TypeScript program; default: an environment file" },
        name: { type: "string", value: "PROJECT", meaning: "name of the project; default: the name of the folder" },
        list: { type: "boolean", meaning: "list the templates, and create nothing" },
    },
    examples: [
        { line: "machine-images init my-images" },
        { line: "machine-images init my-images --cloud huawei --typescript" },
    ],
    exits: { ...usualExits, 0: "the project is created", 1: "nothing is created", 2: "usage error" },
} as const satisfies Declaration;
