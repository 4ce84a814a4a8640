/** A row of the table: one resource. */
export interface Row {
    resource: string;
    cloud: string;
    region: string;
    id: string;
    state: string;
    took: string;
}

const titles: Row = { resource: "RESOURCE", cloud: "CLOUD", region: "REGION", id: "ID", state: "STATE", took: "TOOK" };
const columns = ["resource", "cloud", "region", "id", "state", "took"] as const;

/** Aligns the rows in columns. */
export function table(rows: Row[]): string {
    const all = [titles, ...rows];
    const widths = columns.map((column) => Math.max(...all.map((row) => row[column].length)));
    return all
        .map((row) =>
            columns
                .map((column, index) => row[column].padEnd(widths[index] ?? 0))
                .join("  ")
                .trimEnd(),
        )
        .join("\n");
}
