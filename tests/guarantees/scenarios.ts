import { secondServer } from "./clouds.ts";
import type { Program } from "./program.ts";
import type { ProgramStack } from "./programStack.ts";
import { accepted, base, erp, erpServer, forAccounts, golden, inEcs, source } from "./scenarioPrograms.ts";

/** What is done to a stack, and what had been done before. */
export interface Scenario {
    readonly name: string;
    readonly profile: "csbs" | "cbr";
    /** Programs that the stack went through, undisturbed. */
    readonly before: readonly Program[];
    /** What is disturbed: an up of this program, or a destroy. */
    readonly step: Program | "destroy";
    /** What a second stack in the same clouds holds all the time. */
    readonly beside?: Program;
    /** What is done with `pulumi stack` or `pulumi state` before the step; the answer is the stack that goes on. */
    arrange?(stack: ProgramStack, beside: ProgramStack): ProgramStack;
    /** What is done between the disturbed step and the next one. */
    between?(stack: ProgramStack): void;
    /** The program that is run after the disturbance. @default that of the step */
    readonly next?: Program;
    /** How long lists lag behind. */
    readonly lagSeconds?: number;
    /** While the step runs, somebody sets the machine's clock an hour forward or back after every change. */
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

/** Names that change, or that are used twice. */
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
        name: "custom image and copy: replace in the stack that pulumi state move took them to",
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
        name: "custom image and copy: replace beside a stack of the same names",
        profile: "cbr",
        before: [golden().slice(0, 2)],
        beside: golden().slice(0, 2),
        step: golden({ description: "second" }).slice(0, 2),
    },
    {
        name: "custom image: a new one takes the name that another one had",
        profile: "cbr",
        before: [golden().slice(0, 1)],
        arrange: (stack) => {
            stack.renameResource("golden", "gold");
            return stack;
        },
        step: [...golden({}, { name: "gold" }).slice(0, 1), ...golden().slice(0, 1)],
    },
    {
        name: "custom image and copy: replace, and back to the older program",
        profile: "cbr",
        before: [golden().slice(0, 2)],
        step: golden({ description: "second" }).slice(0, 2),
        next: golden().slice(0, 2),
    },
    {
        name: "custom image with a kept version: replace, and back to the older program",
        profile: "cbr",
        before: [golden().slice(0, 1)],
        step: golden({ keepVersions: 1, description: "second" }).slice(0, 1),
        next: golden().slice(0, 1),
    },
    ...[600, 3600].map(
        (lagSeconds): Scenario => ({
            name: `custom image and copy: create, with lists that are ${lagSeconds / 60} min late`,
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

/** Each is run once for every change that it makes, and for every seed of faults. A new one is one row here. */
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
        name: "custom image and copy: renamed by an alias, and updated",
        profile: "cbr",
        before: [golden()],
        step: renamed,
    },
    { name: "share and servers: taken out", profile: "cbr", before: [golden()], step: golden().slice(0, 2) },
    { name: "custom image, copy, share and servers: destroy", profile: "cbr", before: [golden()], step: "destroy" },
    {
        name: "custom image that is not waited for: create",
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
        name: "share and own ECS image: create",
        profile: "cbr",
        before: [],
        step: inEcs(),
    },
    {
        name: "share and own ECS image: replace",
        profile: "cbr",
        before: [inEcs()],
        step: inEcs({ description: "second" }),
    },
    { name: "share and own ECS image: destroy", profile: "cbr", before: [inEcs()], step: "destroy" },
    { name: "full-ECS image accepted by a partner: create", profile: "cbr", before: [], step: accepted },
    { name: "full-ECS image accepted by a partner: destroy", profile: "cbr", before: [accepted], step: "destroy" },
    { name: "custom image for other accounts: create", profile: "cbr", before: [], step: forAccounts() },
    {
        name: "custom image for other accounts: replace",
        profile: "cbr",
        before: [forAccounts()],
        step: forAccounts({ description: "second" }),
    },
    { name: "custom image for other accounts: destroy", profile: "cbr", before: [forAccounts()], step: "destroy" },
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
