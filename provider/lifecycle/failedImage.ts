import { UserError } from "../clouds/errors";

/** An image that will never become usable: it is cleared away, and the next run begins anew. */
export class FailedImage extends UserError {}
