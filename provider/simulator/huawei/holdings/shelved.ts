import type { Kind } from "../../core/kinds";
import type { Shelf } from "../../core/objects";
import { type Sliced, shownBy } from "../../core/slices";

/** The objects of a kind without their places, oldest first; of which a page can be read alone. */
export const shelved = <T>(shelf: Shelf, kind: Kind<T>): Sliced<T> => shownBy(shelf.all(kind), ({ value }) => value);

/** Those that have this value in this field, found by index. */
export const shelvedWhere = <T, F extends keyof T>(shelf: Shelf, kind: Kind<T>, field: F, value: T[F]): Sliced<T> =>
    shownBy(shelf.where(kind, field, value), (placed) => placed.value);
