import { type Declaration, json, usualExits } from "../declaration";
import { aboutKeys, whichAccount } from "./whichAccount";

export const statusCommand = {
    name: "status",
    summary: "show the images of an account, what hangs on them, and what blocks their deletion",
    about:
        "Reads an account, which it names first, and changes nothing: its images with their snapshots or backup, copies, shares and servers, " +
        "whose they are, and what stands in the way of deleting each, in the words of the deletion itself; then the " +
        "snapshots and backups without an image, each free or billed; then the ids that new servers can name: plans, " +
        `instance types or flavors, VPCs, VSwitches or subnets, and security groups.\n${aboutKeys}`,
    options: { ...whichAccount, json },
    examples: [
        { line: "machine-images status --cloud alibaba --region cn-hangzhou --region cn-shanghai" },
        { line: "machine-images status --stack .", meaning: "everything that the selected stack reaches" },
        {
            line: "machine-images status --cloud huawei --region eu-de --json | jq '.[].images[] | select(.blockedBy == [])'",
        },
    ],
    exits: { ...usualExits, 1: "a cloud could not be read" },
} as const satisfies Declaration;
