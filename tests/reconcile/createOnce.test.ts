import assert from "node:assert/strict";
import type { CreateOnce, OrderToken } from "../../provider/dist/reconcile/ownership/createOnce.js";
import { createOnce } from "../../provider/dist/reconcile/ownership/createOnce.js";
import { contentHashOf, firstOwnerId, keyOf } from "../../provider/dist/reconcile/ownership/ownership.js";

const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/machine-images:EcsInstance::web";
const ownership = {
    ownerId: firstOwnerId({ urn }),
    contentHash: contentHashOf("image"),
    key: keyOf({ urn }),
    isPending: true,
};
const limit = 30 * 60_000;

/** What the cloud does with an object once it is ordered. */
type Fate = "visible" | "late" | "denied";

/** A cloud that remembers its orders by their tokens, and the creates that were interrupted in its stack. */
class Cloud {
    readonly orders = new Map<string, string>();
    readonly dead = new Set<string>();
    fate: Fate = "visible";
    /** The newest first, as the engine lists them. */
    readonly interrupted: string[] = [];

    order({ clientToken }: OrderToken): string {
        const known = this.orders.get(clientToken);
        if (known !== undefined) return known;
        const id = `i-${this.orders.size + 1}`;
        this.orders.set(clientToken, id);
        return id;
    }

    exists(id: string): boolean {
        return this.fate !== "denied" && !this.dead.has(id);
    }
}

/** A create by a run of its own. */
function create(cloud: Cloud, owner: string, changed: Partial<CreateOnce> = {}) {
    let now = 0;
    let kept: string | undefined;
    const never = () => Promise.reject(new Error("not used"));
    const here = cloud.interrupted.map((id) => ({ urn, owner: { id, generation: 1 }, inputs: {} }));
    const created = createOnce({
        context: {
            time: {
                now: () => now,
                sleep: async (ms) => {
                    now += ms;
                },
            },
            clouds: { pollMs: 6000, speed: 1, alibaba: never, huawei: never },
            report: () => {},
            warn: () => {},
            whenSaved: () => {},
            holders: {
                isHeldHere: () => false,
                holding: async () => "free",
                othersWith: async () => [],
                urnsHolding: async () => [],
                isDeletedHere: () => false,
                otherHolder: async () => undefined,
                departed: async () => false,
                deletedOnce: (_id: string, deletion: () => Promise<void>) => deletion(),
                storedWith: async () => [],
                begunWith: async () => [],
                unfinishedCreates: async () => ({ here, areElsewhere: false }),
            },
        },
        identity: { urn, owner: { id: owner, generation: 1 } },
        ownership,
        noun: "instance",
        sent: { image: "m-1" },
        limit,
        order: async (token) => cloud.order(token),
        isVisible: async (id) => cloud.fate === "visible" && cloud.exists(id),
        exists: async (id) => cloud.exists(id),
        checkpoint: {
            set: (id) => {
                kept = id;
            },
            clear: () => {
                kept = undefined;
            },
        },
        ...changed,
    });
    return { created, kept: () => kept };
}

/** A create that is killed as soon as an object is ordered that was not deleted. */
async function killed(cloud: Cloud, owner: string): Promise<void> {
    const isVisible = async (id: string) => {
        if (cloud.exists(id)) throw new Error("killed");
        return false;
    };
    await assert.rejects(create(cloud, owner, { isVisible }).created, /killed/);
    cloud.interrupted.unshift(owner);
}

describe("an object is ordered once, and at most once more", () => {
    it("is ordered once by runs that are interrupted", async () => {
        const cloud = new Cloud();
        await killed(cloud, "a");
        await killed(cloud, "b");
        assert.equal(await create(cloud, "c").created, "i-1");
        assert.equal(cloud.orders.size, 1);
    });

    it("is not ordered again when no lookup shows it in time: its id is kept", async () => {
        const cloud = new Cloud();
        cloud.fate = "late";
        const { created, kept } = create(cloud, "a");
        await assert.rejects(created, /instance i-1 was ordered, and the cloud does not show it after 30 min/);
        assert.equal(kept(), "i-1");
        assert.equal(cloud.orders.size, 1);
    });

    it("is ordered once more after the first was deleted, and twice interrupted runs order no third", async () => {
        const cloud = new Cloud();
        assert.equal(await create(cloud, "a").created, "i-1");
        cloud.dead.add("i-1");
        for (const owner of ["b", "c", "d"]) await killed(cloud, owner);
        assert.equal(await create(cloud, "e").created, "i-2");
        assert.equal(cloud.orders.size, 2);
    });

    it("is ordered once more in each life of a resource, although the engine keeps what was interrupted", async () => {
        const cloud = new Cloud();
        for (let life = 1; life <= 4; life++) {
            await killed(cloud, `killed-${life}`);
            const id = await create(cloud, `done-${life}`).created;
            assert.equal(cloud.orders.size, life);
            cloud.dead.add(id);
        }
    });

    it("is not ordered a third time when the cloud denies both objects: the id of the second is kept", async () => {
        const cloud = new Cloud();
        cloud.fate = "denied";
        const { created, kept } = create(cloud, "a");
        await assert.rejects(created, /instance i-1, instance i-2, and then said .* No other one is ordered/);
        assert.equal(cloud.orders.size, 2);
        assert.equal(kept(), "i-2");
    });

    it("is ordered once more when an earlier order failed, and not again when that one fails, too", async () => {
        const cloud = new Cloud();
        const given: OrderToken[] = [];
        const order = async (token: OrderToken) => {
            given.push(token);
            if (token.mayBeEarlier) return undefined;
            throw new Error("sold out");
        };
        await assert.rejects(create(cloud, "a", { order }).created, /sold out/);
        assert.deepEqual(
            given.map(({ mayBeEarlier }) => mayBeEarlier),
            [true, false],
        );
    });
});
