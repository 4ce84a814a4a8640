import type { AlibabaWorld } from "../alibaba";

/** A VPC with a vSwitch and a security group of the same name. */
const network = (name: string, zone?: string) => ({
    id: `vpc-${name}`,
    vSwitches: [{ id: `vsw-${name}`, ...(zone === undefined ? {} : { zone }) }],
    securityGroups: [{ id: `sg-${name}` }],
});

/** A network with short names, for tests that only need some network. */
const short = { ...network("1"), securityGroups: [{ id: "sg-1" }, { id: "sg-2" }] };

/** The initial accounts and objects of Alibaba Cloud. The keys are valid only in the simulator. */
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
                    vpcs: [network("bp1machineimages0001"), network("bp1simulated"), short],
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
                "cn-shanghai": { vpcs: [network("uf6machineimages0001"), short], servers: [] },
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
                    vpcs: [network("bp1machineimages0002"), network("bp1simulated"), short],
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
                "cn-shanghai": {
                    vpcs: [network("uf6machineimages0002"), network("uf6simulated00000001", "cn-shanghai-l"), short],
                    servers: [],
                },
            },
        },
    ],
};
