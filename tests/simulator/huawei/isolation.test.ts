import assert from "node:assert/strict";
import { bench, closeAll, golden, partner } from "./client.ts";
import { answerText } from "./rules/row.ts";
import { aBackup, aWholeImage, shareWithPartner } from "./rules/scene.ts";

describe("huawei recipients of a share", () => {
    afterEach(closeAll);

    it("accept an image or backup only into their own vault", async () => {
        const world = await bench();
        const backupId = await aBackup(world);
        const imageId = await aWholeImage(world);
        await shareWithPartner(world, imageId);
        await world.golden.post(`/v3/{pid}/backups/${backupId}/members`, { members: [partner.project] });
        const before = JSON.stringify(world.objects());
        const into = (vault_id: string) => {
            const accept = { status: "accepted", vault_id };
            return [
                world.partner.put(`/v2/images/${imageId}/members/${partner.project}`, accept),
                world.partner.put("/v1/cloudimages/members", {
                    images: [imageId],
                    project_id: partner.project,
                    ...accept,
                }),
                world.partner.put(`/v3/{pid}/backups/${backupId}/members/${partner.project}`, accept),
            ];
        };
        const said = async (vaultId: string) => (await Promise.all(into(vaultId))).map(answerText);
        const notThere = await said("none");
        assert.deepEqual(
            notThere.map((text) => text.slice(0, 22)),
            ["400 IMG.0184 Failed to", "400 IMG.0184 Failed to", "404 BackupService.6105"],
        );
        assert.deepEqual(
            await said(golden.vault),
            notThere.map((text) => text.replace("none", golden.vault)),
        );
        assert.equal(JSON.stringify(world.objects()), before);
        const accepted = await Promise.all(into(partner.vault));
        assert.deepEqual(
            accepted.map(({ status }) => status),
            [200, 200, 200],
        );
    });
});
