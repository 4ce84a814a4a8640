import assert from "node:assert/strict";

/** Asserts that each action occurs, and that its first occurrence precedes that of the next action. */
export function assertInOrder(changes: string[], ...actions: string[]): void {
    const positions = actions.map((action) => changes.indexOf(action));
    const isInOrder = positions.every((position, index) => position > (positions[index - 1] ?? -1));
    assert.ok(isInOrder, `wanted ${actions.join(", ")}; got ${changes.join(", ")}`);
}
