import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { movedClocks, withClockMoved } from "../clock/movedClocks.ts";

const root = join(import.meta.dirname, "..", "..");
const dayMs = 24 * 3_600_000;
const always = (ms: number) => ({ up: ms, again: ms, down: ms });

/** The clock of each step, in milliseconds after now. A demo can be started, continued and ended on different days. */
const days: Record<string, Record<"up" | "again" | "down", number>> = {
    today: always(0),
    ...Object.fromEntries(Object.entries(movedClocks).map(([name, shift]) => [name, always(shift())])),
    "today, 400 days later and a week ago": { up: 0, again: 400 * dayMs, down: -7 * dayMs },
};

for (const [name, clock] of Object.entries(days)) {
    describe(`npm start and npm run down, with the embedded simulator, ${name}`, () => {
        const project = join(root, "tests", ".work", `start-${process.pid}`);
        before(() => {
            // A copy, so that an existing stack in the checkout is not changed.
            mkdirSync(project, { recursive: true });
            for (const name of ["Pulumi.yaml", "package.json", "examples"]) {
                cpSync(join(root, name), join(project, name), { recursive: true });
            }
            symlinkSync(join(root, "provider"), join(project, "provider"));
        });
        after(() => rmSync(project, { recursive: true, force: true }));

        function run(command: "up" | "down", ms: number): string {
            const { PULUMI_BACKEND_URL: _backend, PULUMI_CONFIG_PASSPHRASE: _passphrase, ...env } = process.env;
            const script = join(project, "examples", "run.mts");
            const { status, stdout, stderr } = spawnSync("node", [script, command], {
                cwd: project,
                env: ms === 0 ? env : withClockMoved(env, ms),
                encoding: "utf8",
            });
            assert.equal(status, 0, `${stdout}\n${stderr}`);
            return stdout;
        }

        it("creates everything and shows it in a table", () => {
            const output = run("up", clock.up);
            for (const row of [
                /CustomImage machine-images-golden +alibaba +cn-hangzhou +m-bp\w+ +available +\d+ s/,
                /ImageCopy machine-images-golden-cn-shanghai +alibaba +cn-shanghai +m-uf\w+ +available +\d+ s/,
                /ImageShare machine-images-golden-to-ecs +alibaba +cn-hangzhou +m-bp\w+\/ecs +shared +\d+ s/,
                /SimpleServer machine-images-web-1 +alibaba +cn-hangzhou +\w{32} +Running +\d+ s/,
                /SimpleServer machine-images-web-2 +alibaba/,
                /EcsInstance machine-images-api +alibaba +cn-hangzhou +i-bp\w+ +Running +\d+ s/,
                /FullEcsImage machine-images-erp +huawei +eu-de +[\w-]{36} +active +\d+ s/,
                /HuaweiServer machine-images-erp-clone +huawei +eu-de +[\w-]{36} +ACTIVE +\d+ s/,
                /Next:/,
            ]) {
                assert.match(output, row);
            }
        });

        it("changes nothing the second time", () => {
            const output = run("up", clock.again);
            assert.match(output, /10 unchanged/);
            assert.doesNotMatch(output, /\d+ (created|updated|replaced|deleted)/);
        });

        it("deletes everything and leaves the clouds as they were", () => {
            assert.match(run("down", clock.down), /hold exactly what they held before/);
        });
    });
}
