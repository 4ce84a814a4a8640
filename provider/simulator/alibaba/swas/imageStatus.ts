/** The fault "unavailable" sets status "2"; every other fault sets "3", creation failed. */
export function statusAfter(failure: string | undefined): "1" | "2" | "3" {
    if (failure === undefined) return "1";
    return failure === "unavailable" ? "2" : "3";
}
