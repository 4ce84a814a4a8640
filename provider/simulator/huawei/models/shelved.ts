import type { Kind } from "../../core/kinds";
import type { RegionStore } from "../../core/objects";
import { mapped, type Sliced } from "../../core/slices";

/** The objects of a kind without their places, oldest first, readable page by page. */
export const stored = <T>(store: RegionStore, kind: Kind<T>): Sliced<T> =>
    mapped(store.all(kind), ({ value }) => value);

/** The objects with this value in this field, found by index. */
export const storedWhere = <T, F extends keyof T>(
    store: RegionStore,
    kind: Kind<T>,
    field: F,
    value: T[F],
): Sliced<T> => mapped(store.where(kind, field, value), (placed) => placed.value);
