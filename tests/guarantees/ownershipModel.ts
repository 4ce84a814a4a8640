import assert from "node:assert/strict";
import { deleteServerByHand, unshareByHand } from "./byHand.ts";
import { type Named, OpenObjects } from "./openObjects.ts";
import { type CloudObject, type Held, isAmong, isPending, objectsIn } from "./ownedObjects.ts";
import {
    isToldOf,
    isUntagged,
    type Member,
    nthOf,
    obstaclesIn,
    type Place,
    plain,
    type Run,
    runOf,
    want,
} from "./ownershipMembers.ts";
import { groupOf, inGroup, kinds, type Name, names, programOf, usedFor, type Wanted } from "./ownershipProgram.ts";
import { assertHeldOnce, assertPresent, assertUntouched, assertVersions, idsOf, textsOf } from "./ownershipRules.ts";
import type { Disturbance, Step } from "./ownershipSteps.ts";
import type { Program } from "./program.ts";
import { localUrn } from "./storedResources.ts";

const mostStacks = 3;
/** If lists lag by an hour, an image, its snapshot, its share and its copies may each need a run. */
const mostRetries = 8;

/**
 * Stacks that share clouds, with these invariants: nobody else changes an object that a state holds. The next run of
 * the same resource adopts or deletes what an interrupted run created, or names it in a warning. The objects of a
 * successful run are confirmed. No other object remains.
 */
export class OwnershipModel {
    private readonly place: Place;
    private readonly members: Member[] = [];
    private readonly open: OpenObjects;
    private readonly before: ReadonlySet<string>;
    /** The objects after the last run. */
    private seen: readonly CloudObject[] = [];
    /** The last interrupted run: the clouds still execute its orders. */
    private interrupted: { readonly member: Member; readonly resources: readonly Named[] } | undefined;
    private isRenamed = false;
    /** Only a plugin was killed, so that no pending operation shows its creates. */
    private isPluginLost = false;
    private isEnd = false;

    constructor(place: Place) {
        this.place = place;
        this.before = new Set(place.simulator.sim.registry.objects().map(({ kind, id }) => `${kind} ${id}`));
        // A warning is enough only where decision 001 allows it: after a rename, or if a run could not see the object.
        this.open = new OpenObjects(
            (id, isLate) => (this.isRenamed || place.hasLag || isLate) && place.told().includes(id),
            // Only the token of the order identifies the object, and it depends on the inputs and the stack's name.
            (object) => isUntagged(object) && (this.isRenamed || this.isPluginLost || place.told().includes(object.id)),
        );
    }

    async take(step: Step): Promise<void> {
        if (this.members.length === 0) await this.addStack("dev");
        const index = step.stack % this.members.length;
        const member = this.members[index];
        const next = this.members[(index + 1) % this.members.length];
        assert.ok(member && next);
        switch (step.do) {
            case "want":
                return want(member, step.name, step.as);
            case "change":
                for (const name of nthOf(member, step.nth)) {
                    want(member, name, { ...plain, ...member.wanted[name], ...step.to });
                }
                return;
            case "up":
                return this.up(member, runOf(member, step.how));
            case "refresh":
                this.place.settle();
                return this.refresh(member);
            case "destroy":
                return this.destroy(member, step.disturbed);
            case "rename stack":
                return this.renameStack(member, step.to, member.project);
            case "rename project":
                return this.renameStack(member, member.name, step.to);
            case "new stack":
                if (this.isFree(step.named, "test")) await this.addStack(step.named);
                return;
            default:
                for (const name of nthOf(member, step.nth)) {
                    if (step.do === "rename") await this.rename(member, name, step.to);
                    if (step.do === "alias") this.alias(member, name, step.to);
                    if (step.do === "alias parent") this.aliasParent(member, name, step.under);
                    if (step.do === "move") await this.move(member, next, name);
                }
        }
    }

    /** Repeats interrupted runs, then destroys all stacks. Only objects that a warning named may remain. */
    async end(): Promise<void> {
        this.isEnd = true;
        for (const member of this.members) {
            this.place.settle();
            await this.up(member, {});
            for (let [name] = this.open.namesOf(member); name; [name] = this.open.namesOf(member)) {
                const group = names.find((one) => one === groupOf(name));
                assert.ok(group);
                want(member, group, { ...plain, ...member.wanted[group], use: usedFor(name) });
                this.place.settle();
                await this.up(member, {});
            }
        }
        for (const member of this.members) await this.destroy(member, undefined);
        this.place.settle();
        const objects = this.objects();
        const left = objects.filter((object) => !this.open.isNamed(object, objects));
        assert.deepEqual(idsOf(left), [], "remaining after all stacks are destroyed");
    }

    private objects(): CloudObject[] {
        return objectsIn(this.place.simulator, this.before);
    }

    private isFree(name: string, project: string): boolean {
        return this.members.every((other) => other.name !== name || other.project !== project);
    }

    private async addStack(name: string): Promise<void> {
        if (this.members.length >= mostStacks) return;
        const subject = await this.place.open(name);
        this.members.push({ subject, name, project: "test", wanted: {}, held: [] });
    }

    private async up(member: Member, run: Run): Promise<void> {
        const program = programOf(member.wanted);
        if (typeof run.disturbed === "object" && run.disturbed.what === "plugin") this.isPluginLost = true;
        const isTargeted = (name: string) => run.targets?.includes(name) ?? true;
        if (run.isRefreshed) this.place.settle();
        const before = member.held;
        const isDone = await this.watched(member, { program, isTargeted }, () => member.subject.up(program, run));
        if (!isDone) return;
        assertVersions(before, member.held, { program: program.filter(({ name }) => isTargeted(name)), run });
        for (const name of names) {
            const { wasNamed: _name, wasUnder: _under, ...rest } = member.wanted[name] ?? plain;
            if (member.wanted[name] && isTargeted(name)) member.wanted = { ...member.wanted, [name]: rest };
        }
    }

    private async destroy(member: Member, disturbed: Disturbance | undefined): Promise<void> {
        const about = { program: [], isTargeted: () => true };
        await this.watched(member, about, () => member.subject.destroy(disturbed));
    }

    /** Runs a stack, and checks all stacks and the clouds before and after. */
    private async watched(
        member: Member,
        { program, isTargeted }: { program: Program; isTargeted: (name: string) => boolean },
        work: () => Promise<boolean>,
    ): Promise<boolean> {
        const others = this.members.filter((other) => other !== member).flatMap(({ held }) => held);
        const past = member.held;
        const before = this.interrupted ? this.objects() : this.seen;
        this.noteLate(before, this.seen);
        const isDone = await this.unlessBlocked(work);
        const held = await member.subject.held();
        member.held = held;
        const objects = this.objects();
        this.seen = objects;
        assertUntouched(before, objects, textsOf(others));
        assertHeldOnce([...others, ...held]);
        const declared = program.map(({ name }) => name);
        assertPresent(isDone ? held : held.filter(({ name, isOld }) => !isOld && declared.includes(name)), objects);
        const all = textsOf([...others, ...held]);
        this.open.forget(objects, all);
        const resources = [...past, ...program.map((one) => ({ name: one.name, local: localUrn(one) }))];
        if (!isDone) this.interrupted = { member, resources };
        // Objects that lists omitted appear later.
        if (!isDone || (this.place.hasLag && !this.isEnd)) {
            const left = objects.filter(
                (one) => !isAmong(one, all, objects) && !before.some(({ id }) => id === one.id),
            );
            this.open.note(member, left, resources);
        }
        if (!isDone) {
            this.noteLate(objects, before);
            return false;
        }
        const own = textsOf(held.filter(({ name }) => isTargeted(name)));
        const pending = objects.filter((object) => isPending(object) && isAmong(object, own, objects));
        assert.deepEqual(idsOf(pending), [], "unconfirmed after a successful run");
        const run = resources.map(({ name }) => name).filter(isTargeted);
        if (this.isEnd || !this.place.hasLag) this.open.settle(member, run, objects);
        this.noteLate(objects, before);
        this.noteDropped(past, before);
        const unknown = objects.filter((one) => !isAmong(one, all, objects) && !this.open.isKnown(one, objects));
        assert.deepEqual(idsOf(unknown), [], "held by no state");
        return true;
    }

    private async refresh(member: Member): Promise<void> {
        const past = member.held;
        const before = this.objects();
        await member.subject.refresh();
        member.held = await member.subject.held();
        this.noteDropped(past, before);
    }

    /** Records the objects that a run removed from the state and named in a warning. */
    private noteDropped(past: readonly Held[], before: readonly CloudObject[]): void {
        const held = textsOf(this.members.flatMap((member) => member.held));
        const objects = this.objects();
        const dropped = objects.filter(
            (one) => isAmong(one, textsOf(past), before) && !isAmong(one, held, objects) && isToldOf(this.place, one),
        );
        for (const { id } of dropped) this.open.name(id);
    }

    /**
     * An order of an interrupted run may be executed after it, or during the next run, which could not see the object.
     */
    private noteLate(objects: readonly CloudObject[], before: readonly CloudObject[]): void {
        const { member, resources = [] } = this.interrupted ?? {};
        const held = textsOf(this.members.flatMap((one) => one.held));
        if (member) this.open.noteLate(member, { objects, before, held }, resources);
    }

    /** Orphans of an interrupted run may stop a deletion. A person then does what the error says. */
    private async unlessBlocked(work: () => Promise<boolean>, retries = mostRetries): Promise<boolean> {
        try {
            return await work();
        } catch (error) {
            const held = textsOf(this.members.flatMap((member) => member.held));
            const { using, shared } = obstaclesIn(error, this.objects(), held);
            // A list that omits an object may make a step fail, but not the final cleanup.
            const isLate = this.place.hasLag && retries > 0;
            if (using.length + shared.length === 0 && !isLate) throw error;
            for (const { kind, id } of using) await deleteServerByHand(this.place.clouds, kind, id);
            for (const { kind, id } of shared) await unshareByHand(this.place, kind, id);
            if (!this.isEnd) return false;
            this.place.settle();
            return this.unlessBlocked(work, retries - 1);
        }
    }

    private async renameStack(member: Member, name: string, project: string): Promise<void> {
        if (!this.isFree(name, project)) return;
        await member.subject.rename(name, project);
        Object.assign(member, { name, project });
        await this.renamed(member);
    }

    private async renamed(...members: Member[]): Promise<void> {
        this.isRenamed = true;
        for (const member of members) member.held = await member.subject.held();
    }

    private async rename(member: Member, name: Name, to: Name): Promise<void> {
        const held = this.movable(member, name);
        if (held.length === 0 || held.some(({ isOld }) => isOld) || !this.canBecome(member, name, to)) return;
        for (const one of held) await member.subject.renameResource(one.name, inGroup(one.name, to));
        this.become(member, name, to, {});
        await this.renamed(member);
    }

    private alias(member: Member, name: Name, to: Name): void {
        if (this.movable(member, name).length === 0 || !this.canBecome(member, name, to)) return;
        this.become(member, name, to, { wasNamed: name });
        this.isRenamed = true;
    }

    private aliasParent(member: Member, name: Name, under: string | undefined): void {
        const wanted = member.wanted[name];
        if (!wanted || wanted.under === under || this.movable(member, name).length === 0) return;
        const { under: wasUnder = "", ...rest } = wanted;
        member.wanted = { ...member.wanted, [name]: { ...rest, ...(under && { under }), wasUnder } };
        this.isRenamed = true;
    }

    private async move(member: Member, other: Member, name: Name): Promise<void> {
        const held = this.movable(member, name);
        const wanted = member.wanted[name];
        const isPlain = wanted?.under === undefined && held.every(({ isOld, local }) => !isOld && !local.includes("$"));
        if (other === member || held.length === 0 || !isPlain || !this.isFreeIn(other, name)) return;
        const moved = held.map((one) => one.name);
        await member.subject.moveTo(other.subject, moved);
        member.wanted = { ...member.wanted, [name]: undefined };
        other.wanted = { ...other.wanted, [name]: wanted };
        this.open.move(member, other, moved);
        await this.renamed(member, other);
    }

    /** The state's objects of a name; none while an alias or an interrupted run waits for the next run. */
    private movable(member: Member, name: Name): Held[] {
        const { wasNamed, wasUnder } = member.wanted[name] ?? {};
        const held = member.held.filter((one) => groupOf(one.name) === name);
        const heldNames = held.map((one) => one.name);
        const isOnly = this.open.isOnlyOf(member, (one) => groupOf(one) === name, heldNames);
        return wasNamed === undefined && wasUnder === undefined && isOnly ? held : [];
    }

    private canBecome(member: Member, name: Name, to: Name): boolean {
        return kinds[name] === kinds[to] && this.isFreeIn(member, to);
    }

    /** Whether the stack has never had the name. */
    private isFreeIn(member: Member, name: Name): boolean {
        const used = [...member.held.map((one) => one.name), ...this.open.namesOf(member)].map(groupOf);
        const isWanted = names.some(
            (one) => member.wanted[one] && (one === name || member.wanted[one]?.wasNamed === name),
        );
        return !isWanted && !used.includes(name);
    }

    private become(member: Member, name: Name, to: Name, alias: Partial<Wanted>): void {
        const wanted = member.wanted[name] ?? plain;
        member.wanted = { ...member.wanted, [name]: undefined, [to]: { ...wanted, ...alias } };
        this.open.rename(member, (one) => (groupOf(one) === name ? inGroup(one, to) : one));
    }
}
