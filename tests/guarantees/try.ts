import { answerLost, killedAfter, manyFaults } from "./disturbances.ts";
import { scenarios } from "./scenarios.ts";
import { disturbed, undisturbed } from "./trial.ts";

const [mode, only] = process.argv.slice(2);
const began = performance.now();
for (const s of scenarios) {
    if (only && !s.name.includes(only)) continue;
    const e = await undisturbed(s);
    const ways =
        mode === "kill"
            ? e.changes.map((_, i) => [`kill ${i + 1}`, killedAfter(i + 1), 1] as const)
            : mode === "lost"
              ? e.changes.map((c) => [JSON.stringify(c), answerLost(c), 1] as const)
              : [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
                    .slice(0, Number(process.argv[4] ?? 12))
                    .map((seed) => [`seed ${seed}`, manyFaults, seed] as const);
    for (const [what, d, seed] of ways) {
        for (const p of await disturbed({ ...s, seed }, d, seed === 1 ? e : await undisturbed({ ...s, seed })))
            console.log(s.name, s.profile, what, p.what, p.details.slice(0, 700));
    }
    console.log("--", s.name, s.profile, ways.length, Math.round(performance.now() - began));
}
