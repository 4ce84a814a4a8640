import { type Declaration, usualExits } from "../declaration";

export const simulateCommand = {
    name: "simulate",
    summary: "run a simulator of the clouds on this machine",
    about:
        "Runs a simulator of Alibaba Cloud and Huawei Cloud until SIGTERM or SIGINT. When it is ready, prints one line of JSON: " +
        "url, adminToken, and the accounts with their keys, users, projects and regions.",
    options: {
        port: { type: "string", value: "N", meaning: "port to listen on; default: a free port, as with 0" },
        host: {
            type: "string",
            value: "ADDRESS",
            meaning: "address to listen on; default: 127.0.0.1, this machine only",
        },
        data: { type: "string", value: "FILE", meaning: "keep the state in FILE", completes: "files" },
        memory: { type: "boolean", meaning: "keep the state in memory; this is the default" },
        seed: {
            type: "string",
            value: "N",
            meaning: "seed of a new simulation; the same seed and the same requests give the same answers; default: 1",
        },
        clock: {
            type: "string",
            value: "CLOCK",
            meaning:
                "real, scaled:N, auto (time jumps when a client polls) or frozen; default: the clock of the data file, else real",
        },
        profile: {
            type: "string",
            value: "PROFILE",
            choices: ["csbs", "cbr"],
            meaning: "backup service behind full-server images of Huawei Cloud; default: cbr",
        },
        faults: {
            type: "string",
            value: "FILE",
            meaning: "faults to inject: a list of rules in YAML or JSON",
            completes: "files",
        },
        quota: {
            type: "string",
            value: "NAME=VALUE",
            multiple: true,
            meaning: "set a limit, for example alibaba.swas.callsPerMinute=10",
        },
        lag: {
            type: "string",
            value: "SECONDS",
            meaning: "how long lists omit new objects: all of Alibaba Cloud, images and shares of Huawei Cloud",
        },
        log: { type: "boolean", meaning: "write each call to standard error as one line of JSON" },
        world: {
            type: "string",
            value: "FILE",
            meaning:
                'initial objects of a new simulation, in YAML or JSON, or "empty" for accounts without servers; default: two accounts with servers for each cloud',
            completes: "files",
        },
    },
    examples: [
        { line: "machine-images simulate --clock auto" },
        { line: "machine-images simulate --data clouds.db --port 8080 --clock scaled:60" },
    ],
    exits: { ...usualExits, 0: "stopped by SIGTERM or SIGINT" },
} as const satisfies Declaration;
