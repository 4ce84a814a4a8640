/** One resource, as the table shows it. */
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

/** The rows in columns that are as wide as their widest cell. */
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
