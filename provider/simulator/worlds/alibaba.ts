import type { AlibabaWorld } from "../alibaba";

/** Alibaba Cloud as it stands before anybody has done anything. Its keys open nothing but the simulator. */
export const defaultAlibabaWorld: AlibabaWorld = {
    accounts: [
        {
            id: "1000000000000001",
            name: "golden",
            accessKeys: [{ id: "SIMULATEDALIBABAKEY1", secret: "simulated-alibaba-secret-1" }],
            tokens: [
                {
                    id: "STS.SIMULATEDALIBABAKEY1",
                    secret: "simulated-alibaba-sts-secret-1",
                    token: "simulated-alibaba-sts-token-1",
                },
            ],
            roles: [{ name: "image-maker", trusts: ["1000000000000002"] }],
            regions: {
                "cn-hangzhou": {
                    servers: [
                        {
                            id: "ace0706b2ac4454d984295a942130001",
                            name: "web-golden",
                            os: "Linux",
                            status: "Running",
                            systemDiskGiB: 40,
                            dataDiskGiB: 40,
                        },
                        {
                            id: "ace0706b2ac4454d984295a942130002",
                            name: "windows-golden",
                            os: "Windows",
                            status: "Running",
                            systemDiskGiB: 60,
                            guest: { sanPolicy: "OfflineShared" },
                        },
                        {
                            id: "ace0706b2ac4454d984295a942130003",
                            name: "volume-group",
                            os: "Linux",
                            status: "Running",
                            systemDiskGiB: 40,
                            dataDiskGiB: 100,
                            guest: { volumesAcrossDisks: true },
                        },
                        {
                            id: "ace0706b2ac4454d984295a942130004",
                            name: "stopped",
                            os: "Linux",
                            status: "Stopped",
                            systemDiskGiB: 40,
                        },
                    ],
                },
                "cn-shanghai": { servers: [] },
                "cn-beijing": { servers: [] },
                "cn-shenzhen": { servers: [] },
            },
        },
        {
            id: "1000000000000002",
            name: "partner",
            accessKeys: [{ id: "SIMULATEDALIBABAKEY2", secret: "simulated-alibaba-secret-2" }],
            regions: {
                "cn-hangzhou": {
                    servers: [
                        {
                            id: "ace0706b2ac4454d984295a942130011",
                            name: "partner-web",
                            os: "Linux",
                            status: "Running",
                            systemDiskGiB: 40,
                        },
                    ],
                },
                "cn-shanghai": { servers: [] },
            },
        },
    ],
};
