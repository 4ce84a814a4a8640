import assert from "node:assert/strict";

/** Each of these actions is among the changes, and the first of each came before the first of the next. */
export function assertInOrder(changes: string[], ...actions: string[]): void {
    const positions = actions.map((action) => changes.indexOf(action));
    const isInOrder = positions.every((position, index) => position > (positions[index - 1] ?? -1));
    assert.ok(isInOrder, `wanted ${actions.join(", ")}; got ${changes.join(", ")}`);
}
