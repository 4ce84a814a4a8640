import assert from "node:assert/strict";
import { guestProblems } from "../../provider/dist/reconcile/images/guestFacts.js";

/** A server with so many disks, as ECS describes it. */
function server(osType: string, disks: number, tags: Record<string, string> = {}) {
    const volumes = Array.from({ length: disks }, (_unused, index) => ({
        volumeId: `v-${index}`,
        device: undefined,
        bootable: index === 0,
        deleteOnTermination: false,
    }));
    return {
        id: "s-1",
        name: "erp",
        status: "ACTIVE",
        taskState: undefined,
        createdAt: undefined,
        keyName: undefined,
        flavorId: undefined,
        imageId: undefined,
        osType,
        availabilityZone: undefined,
        volumes,
        addresses: [],
        tags,
    };
}

describe("guest problems of a server for a full-ECS image", () => {
    it("do not exist for a Linux server with one disk", () => {
        assert.deepEqual(guestProblems(server("Linux", 1), {}), []);
    });

    it("include a SAN policy other than OnlineAll on Windows, known or attested", () => {
        assert.match(guestProblems(server("Windows", 1), {}).join(), /may have a SAN policy .* set guest/);
        assert.match(guestProblems(server("Windows", 1), { sanPolicy: "OfflineInternal" }).join(), /OfflineInternal/);
        assert.deepEqual(guestProblems(server("Windows", 1), { sanPolicy: "OnlineAll" }), []);
        const tagged = server("Windows", 1, { "machine-images.san-policy": "OnlineAll" });
        assert.deepEqual(guestProblems(tagged, {}), []);
    });

    it("include volumes across disks, in the terms of the operating system", () => {
        const attested = { volumesAcrossDisks: false, sanPolicy: "OnlineAll" as const };
        assert.deepEqual(guestProblems(server("Linux", 3), attested), []);
        assert.deepEqual(guestProblems(server("Windows", 2), attested), []);
        assert.match(
            guestProblems(server("Linux", 3), { volumesAcrossDisks: true }).join(),
            /disk group or logical disk/,
        );
        const spanned = { sanPolicy: "OnlineAll" as const, volumesAcrossDisks: true };
        assert.match(guestProblems(server("Windows", 2), spanned).join(), /spanned volume/);
        assert.match(guestProblems(server("Linux", 2), {}).join(), /set guest: \{ volumesAcrossDisks: false \}/);
    });

    it("follow the server's tags before the user's statement", () => {
        const tagged = server("Linux", 2, { "machine-images.volumes-across-disks": "true" });
        assert.equal(guestProblems(tagged, { volumesAcrossDisks: false }).length, 1);
        const cleared = server("Linux", 2, { "machine-images.volumes-across-disks": "false" });
        assert.deepEqual(guestProblems(cleared, { volumesAcrossDisks: true }), []);
    });
});
