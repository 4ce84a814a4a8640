import { secondServer } from "./clouds.ts";
import type { Program } from "./program.ts";
import type { ProgramStack } from "./programStack.ts";
import { accepted, base, erp, erpServer, forAccounts, golden, inEcs, source } from "./scenarioPrograms.ts";

/** An operation on a stack, and the operations before it. */
export interface Scenario {
    readonly name: string;
    readonly profile: "csbs" | "cbr";
    /** Programs that were run before, undisturbed. */
    readonly before: readonly Program[];
    /** The disturbed operation: an up of this program, or a destroy. */
    readonly step: Program | "destroy";
    /** The program of a second stack in the same clouds. */
    readonly beside?: Program;
    /** Runs `pulumi stack` or `pulumi state` commands before the step. @returns the stack to continue with */
    arrange?(stack: ProgramStack, beside: ProgramStack): ProgramStack;
    /** Runs between the disturbed step and the next one. */
    between?(stack: ProgramStack): void;
    /** The program to run after the disturbance. @default that of the step */
    readonly next?: Program;
    /** How long lists lag behind. */
    readonly lagSeconds?: number;
    /** During the step, somebody sets the machine's clock an hour forward or back after every change. */
    readonly isClockSet?: true;
}

const renamed = golden({}, { name: "gold", tags: { team: "app" } }).map((declared) =>
    declared.name === "gold" ? { ...declared, wasNamed: "golden" } : declared,
);

const erpScenarios = (profile: "csbs" | "cbr"): Scenario[] => [
    { name: "full-ECS image and server: create", profile, before: [], step: erp(profile) },
    {
        name: "full-ECS image: update",
        profile,
        before: [erp(profile)],
        step: erp(profile, { name: "erp-2", description: "second", tags: { team: "app" } }),
    },
    {
        name: "full-ECS image and server: replace",
        profile,
        before: [erp(profile)],
        step: erp(profile, { source: { server: secondServer } }),
    },
    { name: "full-ECS image and server: destroy", profile, before: [erp(profile)], step: "destroy" },
];

const [image, copy] = golden();
const patient = { timeouts: { create: "4h", update: "4h", delete: "4h" } };

/** Names that change or that are used again. */
const ownershipScenarios: readonly Scenario[] = [
    {
        name: "custom image, copy, share and servers: create, and the stack is renamed before the next up",
        profile: "cbr",
        before: [],
        step: golden(),
        between: (stack) => stack.rename("prod"),
    },
    {
        name: "custom image, copy, share and servers: replace, and the project is renamed before the next up",
        profile: "cbr",
        before: [golden()],
        step: golden({ description: "second" }),
        between: (stack) => stack.rename("dev", "shop"),
    },
    {
        name: "custom image and copy: replace after pulumi state rename",
        profile: "cbr",
        before: [golden().slice(0, 2)],
        arrange: (stack) => {
            stack.renameResource("golden", "gold");
            return stack;
        },
        step: golden({ description: "second" }, { name: "gold" }).slice(0, 2),
    },
    {
        name: "custom image and copy: replace after pulumi state move to another stack",
        profile: "cbr",
        before: [golden().slice(0, 2)],
        beside: [],
        arrange: (stack, beside) => {
            stack.moveTo(beside);
            return beside;
        },
        step: golden({ description: "second" }).slice(0, 2),
    },
    {
        name: "custom image and copy: replace beside a stack with the same resource names",
        profile: "cbr",
        before: [golden().slice(0, 2)],
        beside: golden().slice(0, 2),
        step: golden({ description: "second" }).slice(0, 2),
    },
    {
        name: "custom image: create under a name that another image had",
        profile: "cbr",
        before: [golden().slice(0, 1)],
        arrange: (stack) => {
            stack.renameResource("golden", "gold");
            return stack;
        },
        step: [...golden({}, { name: "gold" }).slice(0, 1), ...golden().slice(0, 1)],
    },
    {
        name: "custom image and copy: replace, then revert the program",
        profile: "cbr",
        before: [golden().slice(0, 2)],
        step: golden({ description: "second" }).slice(0, 2),
        next: golden().slice(0, 2),
    },
    {
        name: "custom image with a kept version: replace, then revert the program",
        profile: "cbr",
        before: [golden().slice(0, 1)],
        step: golden({ keepVersions: 1, description: "second" }).slice(0, 1),
        next: golden().slice(0, 1),
    },
    ...[600, 3600].map(
        (lagSeconds): Scenario => ({
            name: `custom image and copy: create, with lists that lag by ${lagSeconds / 60} min`,
            profile: "cbr",
            before: [],
            step: [image, copy].flatMap((one) => (one ? [{ ...one, inputs: { ...one.inputs, ...patient } }] : [])),
            lagSeconds,
        }),
    ),
];

const clockSet = "while the machine's clock is set an hour forward and back";

/** A clock that jumps changes no duration, and requests are signed with a date that the cloud accepts. */
const clockScenarios: readonly Scenario[] = [
    {
        name: `custom image, copy, share and servers: replace, ${clockSet}`,
        profile: "cbr",
        before: [golden()],
        step: golden({ description: "second" }),
        isClockSet: true,
    },
    {
        name: `full-ECS image and server: create, ${clockSet}`,
        profile: "cbr",
        before: [],
        step: erp("cbr"),
        isClockSet: true,
    },
];

/**
 * Each scenario runs once for every change that it makes, and for every seed of faults. Add a scenario as a row here.
 */
export const scenarios: readonly Scenario[] = [
    ...ownershipScenarios,
    ...clockScenarios,
    { name: "custom image, copy, share and servers: create", profile: "cbr", before: [], step: golden() },
    {
        name: "custom image with its data disk: create",
        profile: "cbr",
        before: [],
        step: golden({ source: { ...source, dataDisk: true } }).slice(0, 3),
    },
    {
        name: "custom image and copy: update",
        profile: "cbr",
        before: [golden()],
        step: golden({}, { tags: { team: "app" } }),
    },
    {
        name: "custom image, copy, share and servers: replace",
        profile: "cbr",
        before: [golden()],
        step: golden({ description: "second" }),
    },
    {
        name: "custom image with a fixed name: replace",
        profile: "cbr",
        before: [golden({ name: "web-golden" }).slice(0, 3)],
        step: golden({ name: "web-golden", description: "second" }).slice(0, 3),
    },
    {
        name: "custom image and copy: rename with an alias, and update",
        profile: "cbr",
        before: [golden()],
        step: renamed,
    },
    {
        name: "share and servers: remove from the program",
        profile: "cbr",
        before: [golden()],
        step: golden().slice(0, 2),
    },
    { name: "custom image, copy, share and servers: destroy", profile: "cbr", before: [golden()], step: "destroy" },
    {
        name: 'custom image with wait "none": create',
        profile: "cbr",
        before: [],
        step: golden({ wait: "none" }).slice(0, 3),
    },
    {
        name: "custom image with a kept version: replace",
        profile: "cbr",
        before: [golden({ keepVersions: 1 }).slice(0, 3)],
        step: golden({ keepVersions: 1, description: "second" }).slice(0, 3),
    },
    {
        name: "full-ECS image with a kept version: replace",
        profile: "cbr",
        before: [erp("cbr", { keepVersions: 1 })],
        step: erp("cbr", { keepVersions: 1, source: { server: secondServer } }),
    },
    {
        name: "share and ECS image: create",
        profile: "cbr",
        before: [],
        step: inEcs(),
    },
    {
        name: "share and ECS image: replace",
        profile: "cbr",
        before: [inEcs()],
        step: inEcs({ description: "second" }),
    },
    { name: "share and ECS image: destroy", profile: "cbr", before: [inEcs()], step: "destroy" },
    { name: "full-ECS image accepted by a partner: create", profile: "cbr", before: [], step: accepted },
    { name: "full-ECS image accepted by a partner: destroy", profile: "cbr", before: [accepted], step: "destroy" },
    { name: "custom image shared with other accounts: create", profile: "cbr", before: [], step: forAccounts() },
    {
        name: "custom image shared with other accounts: replace",
        profile: "cbr",
        before: [forAccounts()],
        step: forAccounts({ description: "second" }),
    },
    {
        name: "custom image shared with other accounts: destroy",
        profile: "cbr",
        before: [forAccounts()],
        step: "destroy",
    },
    { name: "system image, share and server: create", profile: "cbr", before: [], step: base() },
    {
        name: "system image: update",
        profile: "cbr",
        before: [base()],
        step: base({ name: "base-2", description: "second", tags: { team: "app" } }),
    },
    {
        name: "system image, share and server: replace",
        profile: "cbr",
        before: [base()],
        step: base({ source: { server: erpServer } }),
    },
    { name: "system image, share and server: destroy", profile: "cbr", before: [base()], step: "destroy" },
    ...erpScenarios("csbs"),
    ...erpScenarios("cbr"),
];
