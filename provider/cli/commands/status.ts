import { type Declaration, json, usualExits } from "../declaration";
import { aboutKeys, whichAccount } from "./whichAccount";

export const statusCommand = {
    name: "status",
    summary: "list the images of an account, their dependents, and what blocks their deletion",
    about:
        "Reads an account and changes nothing. Prints which account the keys reach; then each image with its owner, its " +
        "snapshots or backup, copies, shares and servers, and what blocks its deletion; then snapshots and backups without an " +
        "image, each free or billed; then the ids that new servers can name: plans, instance types or flavors, VPCs, VSwitches " +
        `or subnets, and security groups.\n${aboutKeys}`,
    options: { ...whichAccount, json },
    examples: [
        { line: "machine-images status --cloud alibaba --region cn-hangzhou --region cn-shanghai" },
        { line: "machine-images status --stack .", meaning: "all clouds and regions of the selected stack" },
        {
            line: "machine-images status --cloud huawei --region eu-de --json | jq '.[].images[] | select(.blockedBy == [])'",
        },
    ],
    exits: { ...usualExits, 1: "a cloud could not be read" },
} as const satisfies Declaration;
