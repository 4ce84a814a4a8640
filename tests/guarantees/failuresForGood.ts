import assert from "node:assert/strict";
import type { Fault } from "../../provider/dist/simulator/core/faultRules.js";
import { inClouds } from "./clouds.ts";
import type { Program } from "./program.ts";
import { ProgramStack } from "./programStack.ts";
import { erp, golden } from "./scenarioPrograms.ts";

/** A failure that no retry resolves. */
export interface FailureForGood {
    readonly what: string;
    readonly program: Program;
    /** Undefined: the secret key is wrong. */
    readonly fault: Fault | undefined;
    /** What the user must see: the cloud's reason, the request or job, and what to do. */
    readonly shows: RegExp;
}

const request = "request [0-9A-Fa-f-]{32,36}";
const reason = "the disk is damaged";

const refused = (action: string, status: number, code: string, message: string): Fault => ({
    match: { action },
    effect: { refuse: { status, code, message } },
    times: 1,
});

/** Add a failure as a row here. */
export const failuresForGood: readonly FailureForGood[] = [
    {
        what: "A custom image fails",
        program: golden(),
        fault: { job: "alibaba.customImage.done", reason },
        // SWAS reports neither a reason nor a job.
        shows: /^image m-\w+ \(golden-\w+\) in cn-hangzhou could not be created\. Run "pulumi up" again/,
    },
    {
        what: "A copy fails",
        program: golden(),
        fault: { job: "alibaba.customImageCopy.done", reason },
        shows: /^image m-\w+ \(copy-\w+\) in cn-shanghai could not be created\. Run "pulumi up" again/,
    },
    {
        what: "A snapshot fails",
        program: golden(),
        fault: { job: "alibaba.snapshot.done", reason },
        shows: /^snapshot s-\w+ in cn-hangzhou failed and was deleted\. Run "pulumi up" again$/,
    },
    {
        what: "The job of a full-ECS image fails at once",
        program: erp("cbr"),
        fault: { job: "huawei.wholeImage.begin", reason },
        shows: /could not be created: the disk is damaged \(IMG\.0061, job \w+\)\. Run "pulumi up" again/,
    },
    {
        what: "The job of a full-ECS image fails at its end",
        program: erp("csbs"),
        fault: { job: "huawei.wholeImage.finish", reason },
        shows: /could not be created: the disk is damaged \(IMG\.0061, job \w+\)\. Run "pulumi up" again/,
    },
    {
        what: "The order of a Huawei server fails",
        program: erp("cbr"),
        fault: { job: "huawei.server.create.begin", reason },
        shows: /could not be created: the disk is damaged \(Ecs\.0000, job \w+\)\. Run "pulumi up" again$/,
    },
    {
        what: "The quota of custom images is used up",
        program: golden(),
        fault: refused(
            "swas.CreateCustomImage",
            400,
            "CustomImageQuotaLimit",
            "The maximum number of custom image in this region is exceeded.",
        ),
        shows: new RegExp(
            `^SWAS CreateCustomImage: .*exceeded. \\(CustomImageQuotaLimit, ${request}\\): delete objects`,
        ),
    },
    {
        what: "The quota of Huawei images is used up",
        program: erp("cbr"),
        fault: refused(
            "ims.CreateWholeImage",
            400,
            "IMG.0015",
            "The number of private images has reached the upper limit.",
        ),
        shows: new RegExp(`^IMS CreateWholeImage: .*limit. \\(IMG.0015, ${request}\\): delete objects`),
    },
    {
        what: "An Alibaba user lacks a permission",
        program: golden(),
        fault: refused(
            "ecs.RunInstances",
            403,
            "Forbidden.RAM",
            "User not authorized to operate on the specified resource.",
        ),
        shows: new RegExp(`^ECS RunInstances: User not .*\\(Forbidden.RAM, ${request}\\): grant the account's user`),
    },
    {
        what: "A Huawei user lacks a permission",
        program: erp("cbr"),
        fault: refused("ims.CreateWholeImage", 403, "IMG.0026", "You are not authorized to perform this operation."),
        shows: new RegExp(`^IMS CreateWholeImage: You are .*\\(IMG.0026, ${request}\\): grant the account's user`),
    },
    {
        what: "The Alibaba key is wrong",
        program: golden(),
        fault: undefined,
        shows: new RegExp(
            `^SWAS ListRegions: .*\\(SignatureDoesNotMatch, ${request}\\): check machine-images:alibabaAcc`,
        ),
    },
    {
        what: "The Huawei key is wrong",
        program: erp("cbr"),
        fault: undefined,
        shows: new RegExp(`^IAM ListProjects: .*\\(APIGW.0301, ${request}\\): check machine-images:huaweiAccessKey`),
    },
];

/** Causes the failure and returns what the user sees. Asserts that it is shown once and that no orphan remains. */
export async function shownOf({ program, fault, shows }: FailureForGood): Promise<string> {
    const profile = JSON.stringify(program).includes('"csbs"') ? "csbs" : "cbr";
    return inClouds({ profile, isKeyWrong: fault === undefined }, async (clouds) => {
        const stack = new ProgramStack(clouds);
        if (fault) clouds.simulator.sim.faults.add(fault);
        const shown = await stack.up(program).then(
            () => "",
            (error: unknown) => (error instanceof Error ? error.message : ""),
        );
        assert.match(shown, shows);
        assert.ok(!shown.includes("\n"), "one line");
        // Lookups of objects that do not exist are answered with an error too.
        const failed = clouds
            .calls()
            .filter(({ status, outcome }) => status >= 400 && status !== 404 && !/^Incorrect|NotFound/.test(outcome));
        assert.ok(failed.length <= 1, `refused once: ${failed.map(({ action }) => action).join(", ")}`);
        if (fault) {
            await stack.up(program);
            await stack.destroy();
        }
        assert.deepEqual(clouds.left(), []);
        return shown;
    });
}
