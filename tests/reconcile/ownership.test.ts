import assert from "node:assert/strict";
import { claim } from "../../provider/dist/reconcile/ownership/claim.js";
import { orphansBeside } from "../../provider/dist/reconcile/ownership/orphans.js";
import {
    contentHashOf,
    firstOwnerId,
    keyOf,
    nameFor,
    nextOwnerId,
    type Owned,
    ownerIdOf,
    ownershipTags,
    readOwnership,
    requestToken,
    tagsWith,
} from "../../provider/dist/reconcile/ownership/ownership.js";

const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/machine-images:CustomImage::golden";
const owner = { id: "00000000000000aa", generation: 1 };
const first = firstOwnerId({ urn });
const key = keyOf({ urn });
const contentHash = contentHashOf("server");

interface State {
    contentHash?: string;
    pending?: boolean;
    failed?: boolean;
    key?: string;
}

const object = (id: string, ownerId: string, state: State = {}): Owned => ({
    id,
    ownership: {
        ownerId,
        contentHash: state.contentHash ?? contentHash,
        key: state.key ?? key,
        isPending: state.pending ?? false,
    },
    hasFailed: state.failed ?? false,
});

/** What is asked before an object is created or deleted. */
function asking(
    given: { generation?: number; replaces?: string; heldHere?: string[]; inStates?: string[]; begunAs?: string[] } & {
        areUnreadable?: boolean;
    } = {},
) {
    const warnings: string[] = [];
    const { generation = 1, heldHere = [], inStates = [], begunAs = [], areUnreadable = false } = given;
    return {
        warnings,
        identity: { urn, owner: { ...owner, generation }, replaces: given.replaces },
        warn: (text: string) => void warnings.push(text),
        holders: {
            isHeldHere: (id: string) => heldHere.includes(id),
            holding: async (id: string) =>
                heldHere.includes(id) || inStates.includes(id) ? "held" : areUnreadable ? "unknown" : "free",
            othersWith: async () => [],
            urnsHolding: async () => [],
            isDeletedHere: () => false,
            otherHolder: async () => undefined,
            departed: async () => false,
            deletedOnce: (_id: string, deletion: () => Promise<void>) => deletion(),
            storedWith: async () => [],
            begunWith: async () => [],
            unfinishedCreates: async () => ({
                here: begunAs.map((begun) => ({ urn: begun, owner, inputs: {} })),
                areElsewhere: false,
            }),
        },
    } as const;
}

describe("the tags of an object's owner", () => {
    it("are read as they are written, and fit every cloud", () => {
        for (const isPending of [true, false]) {
            for (const given of [{}, { isExternalSource: true as const }]) {
                const ownership = { ownerId: first, contentHash, key, isPending, ...given };
                const tags = ownershipTags(ownership);
                assert.deepEqual(readOwnership(tags), ownership);
                assert.ok(
                    Object.values(tags).every((value) => value.length <= 43),
                    "the longest value of a tag in IMS",
                );
                assert.ok(
                    Object.keys(tags).every((name) => name.length <= 36),
                    "the longest key of a tag in IMS",
                );
            }
        }
    });

    it("are read as version 0.1.0 wrote them", () => {
        const read = (value: string) => readOwnership({ "pulumi-machine-images": value });
        assert.deepEqual(read(`${first}.${contentHash}`), { ownerId: first, contentHash, isPending: false });
        assert.deepEqual(read(`${first}.${contentHash}.given.pending`), {
            ownerId: first,
            contentHash,
            isPending: true,
            isExternalSource: true,
        });
        for (const value of ["", "web", `${first}.${contentHash}.x`]) assert.equal(read(value), undefined);
        assert.equal(readOwnership(undefined), undefined);
    });

    it("tell resources of one name in two stacks apart, and tell that they have one name", () => {
        const other = urn.replace(":dev:", ":prod:");
        assert.notEqual(first, firstOwnerId({ urn: other }));
        assert.equal(key, keyOf({ urn: other }));
        assert.notEqual(key, keyOf({ urn: urn.replace("golden", "silver") }));
    });

    it("give names and tokens that differ with whatever a request sends", () => {
        const ownership = { ownerId: first, contentHash, isPending: true };
        const tokens = [
            requestToken(ownership, { tags: {} }, 0),
            requestToken(ownership, { tags: {} }, 1),
            requestToken(ownership, { tags: { team: "web" } }, 0),
            requestToken({ ...ownership, contentHash: contentHashOf("other") }, { tags: {} }, 0),
        ];
        assert.equal(new Set(tokens).size, tokens.length);
        assert.notEqual(nameFor({ urn }, first), nameFor({ urn }, nextOwnerId(first, "m-1")));
        const tags = tagsWith({ ownerId: first, contentHash, key, isPending: true }, { team: "web" });
        assert.deepEqual(Object.keys(tags), ["team", "pulumi-machine-images", "pulumi-machine-images-state"]);
    });
});

describe("a claim", () => {
    it("resumes what an interrupted run of the resource began, and deletes what it began of something else", async () => {
        const same = object("m-1", first, { pending: true });
        const another = object("m-2", first, { pending: true, contentHash: contentHashOf("other") });
        const failed = object("m-3", first, { pending: true, failed: true });
        // This create is among those that the state has.
        const interrupted = asking({ begunAs: [urn, urn] });
        const claimed = await claim(interrupted, contentHash, [another, failed, same]);
        assert.equal(claimed.adopt?.id, "m-1");
        assert.deepEqual(
            claimed.discard.map(({ id }) => id),
            ["m-2", "m-3"],
        );
        assert.equal(claimed.ownership.ownerId, first);
    });

    it("keeps what was created for other inputs when no create was interrupted, and says so", async () => {
        const another = object("m-2", first, { pending: true, contentHash: contentHashOf("other") });
        const work = asking({ begunAs: [urn] });
        const claimed = await claim(work, contentHash, [another]);
        assert.deepEqual([claimed.adopt, claimed.discard], [undefined, []]);
        assert.equal(claimed.ownership.ownerId, nextOwnerId(first, "m-2"));
        assert.match(work.warnings.join(), /^m-2 was created for "golden" with other inputs/);
    });

    it("never touches what is confirmed, seen in this run, or in the state of any stack", async () => {
        const pending = { pending: true, contentHash: contentHashOf("other") };
        for (const [one, work] of [
            [object("m-1", first), asking()],
            [object("m-1", first, pending), asking({ heldHere: ["m-1"] })],
            [object("m-1", first, pending), asking({ inStates: ["m-1"] })],
            [object("m-1", first, { pending: true }), asking({ replaces: "m-1" })],
            [object("m-1", first, { failed: true }), asking({ inStates: ["m-1"] })],
        ] as const) {
            const claimed = await claim(work, contentHash, [one]);
            assert.deepEqual([claimed.adopt, claimed.discard], [undefined, []]);
            assert.equal(claimed.ownership.ownerId, nextOwnerId(first, "m-1"));
        }
    });

    it("keeps an object whose owner cannot be told, and says so", async () => {
        const work = asking({ areUnreadable: true });
        const claimed = await claim(work, contentHash, [object("m-1", first, { pending: true })]);
        assert.deepEqual([claimed.adopt, claimed.discard], [undefined, []]);
        assert.match(work.warnings.join(), /m-1 was created by a run that was interrupted.*it is kept/);
    });

    it("gives a replacement a mark that no other resource and no other object has", async () => {
        const ownerId = ownerIdOf({ ...owner, generation: 2 });
        const ofFirst = object("m-1", first, { pending: true });
        const orphan = object("m-2", ownerId, { pending: true });
        const unreadable = asking({ generation: 2, areUnreadable: true });
        const claimed = await claim(unreadable, contentHash, [ofFirst, orphan]);
        assert.equal(claimed.adopt?.id, "m-2", "no state needs to be read");
        assert.deepEqual(claimed.discard, []);
        assert.notEqual(ownerId, ownerIdOf({ id: "00000000000000bb", generation: 2 }));
    });

    it("resumes a create that began before the stack was renamed", async () => {
        const before = urn.replace(":dev:", ":old:");
        const orphan = object("m-1", firstOwnerId({ urn: before }), { pending: true });
        assert.equal((await claim(asking({ begunAs: [before] }), contentHash, [orphan])).adopt?.id, "m-1");
        const work = asking();
        const claimed = await claim(work, contentHash, [orphan]);
        assert.deepEqual([claimed.adopt, claimed.discard], [undefined, []]);
        assert.match(work.warnings.join(), /m-1 may be left over from an interrupted run of another stack/);
    });

    it("names a snapshot that was taken before the stack was renamed, and has no image", async () => {
        const before = urn.replace(":dev:", ":old:");
        const snapshot = object("s-1", firstOwnerId({ urn: before }), { pending: true });
        const named = asking();
        await claim(named, contentHash, [], { relatives: { objects: [snapshot] } });
        assert.match(named.warnings.join(), /s-1 may be left over/);
        const work = asking({ begunAs: [before] });
        const resumed = await claim(work, contentHash, [], { relatives: { objects: [snapshot] } });
        assert.deepEqual([resumed.ownership.ownerId, work.warnings], [firstOwnerId({ urn: before }), []]);
    });

    it("deletes an object of the same name whose creation failed, once no state holds it", async () => {
        const failed = object("m-1", ownerIdOf({ ...owner, generation: 7 }), { failed: true });
        assert.deepEqual((await claim(asking(), contentHash, [failed])).discard, [failed]);
        assert.deepEqual((await claim(asking({ inStates: ["m-1"] }), contentHash, [failed])).discard, []);
        const other = object("m-2", ownerIdOf({ ...owner, generation: 7 }), { failed: true, key: "00000000" });
        assert.deepEqual((await claim(asking(), contentHash, [other])).discard, []);
    });
});

describe("the last deletion of a resource", () => {
    it("finds what an interrupted replacement left, and nothing that a state holds", async () => {
        const next = object("m-2", ownerIdOf({ ...owner, generation: 2 }), { pending: true });
        const namesake = object("m-3", first, { pending: true });
        const objects = [object("m-1", first), next, namesake];
        const found = async (work: ReturnType<typeof asking>) =>
            (await orphansBeside(work, "m-1", objects)).map(({ id }) => id);
        assert.deepEqual(await found(asking()), ["m-2"]);
        assert.deepEqual(await found(asking({ inStates: ["m-2"] })), []);
        const unreadable = asking({ areUnreadable: true });
        assert.deepEqual(await found(unreadable), []);
        assert.match(unreadable.warnings.join(), /m-2/);
    });

    it("finds what a forced replacement left, and names what may be of another resource of its name", async () => {
        const before = urn.replace(":dev:", ":old:");
        const forced = object("m-2", nextOwnerId(first, "m-1"), { pending: true });
        const earlier = object("m-3", nextOwnerId(firstOwnerId({ urn: before }), "m-1"), { pending: true });
        const namesake = object("m-4", first, { pending: true });
        const work = asking();
        const renamed = { ...work, identity: { ...work.identity, urnOfCreation: before } };
        const found = await orphansBeside(renamed, "m-1", [object("m-1", first), forced, earlier, namesake]);
        assert.deepEqual(
            found.map(({ id }) => id),
            ["m-2", "m-3"],
        );
        assert.match(work.warnings.join(), /^m-4 may be left over/);
    });
});
