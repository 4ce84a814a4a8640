import { type Declaration, usualExits } from "../declaration";

export const simulateCommand = {
    name: "simulate",
    summary: "serve the simulated clouds on this machine",
    about:
        "Serves both simulated clouds on this machine until SIGTERM. When ready, prints one line of JSON: url, adminToken, " +
        "accounts with their keys, users, projects and regions.",
    options: {
        port: { type: "string", value: "N", meaning: "port to listen on; a free one when it is 0 or left out" },
        host: {
            type: "string",
            value: "ADDRESS",
            meaning: "address to listen on; 127.0.0.1, this machine only, when it is left out",
        },
        data: { type: "string", value: "FILE", meaning: "keep the state in FILE, across restarts", completes: "files" },
        memory: { type: "boolean", meaning: "keep the state in memory, as without --data" },
        seed: {
            type: "string",
            value: "N",
            meaning: "of a new simulation: same seed and same requests, same answers; 1 when it is left out",
        },
        clock: {
            type: "string",
            value: "CLOCK",
            meaning:
                "real, scaled:N, auto (time jumps when polled) or frozen; what the data file had when it is left out, else real",
        },
        profile: {
            type: "string",
            value: "PROFILE",
            choices: ["csbs", "cbr"],
            meaning: "the age of Huawei Cloud's full-server images; cbr when it is left out",
        },
        faults: {
            type: "string",
            value: "FILE",
            meaning: "what goes wrong on purpose, YAML or JSON: a list of rules",
            completes: "files",
        },
        quota: {
            type: "string",
            value: "NAME=VALUE",
            multiple: true,
            meaning: "sets a limit, for example alibaba.swas.callsPerMinute=10",
        },
        lag: {
            type: "string",
            value: "SECONDS",
            meaning: "how long lists miss new objects of Alibaba Cloud, images and shares of Huawei Cloud",
        },
        log: { type: "boolean", meaning: "write every call to standard error, a line of JSON each" },
        world: {
            type: "string",
            value: "FILE",
            meaning:
                'what a new simulation begins with, YAML or JSON, or "empty": accounts without servers; two accounts for each cloud, with servers, when it is left out',
            completes: "files",
        },
    },
    examples: [
        { line: "machine-images simulate --clock auto" },
        { line: "machine-images simulate --data clouds.db --port 8080 --clock scaled:60" },
    ],
    exits: { ...usualExits, 0: "ended by SIGTERM or SIGINT" },
} as const satisfies Declaration;
