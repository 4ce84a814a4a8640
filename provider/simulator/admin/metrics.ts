import type { Simulation } from "../core/simulation";

const escaped = (value: string) => value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");

function metric(
    name: string,
    type: "counter" | "gauge",
    help: string,
    samples: [labels: string, value: number][],
): string[] {
    return [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} ${type}`,
        ...samples.map(([labels, value]) => `${name}${labels} ${value}`),
    ];
}

/** The counters of this process in the Prometheus text format. */
export function metricsText(sim: Simulation): string {
    const calls = [...sim.calls.counts].map(([key, count]): [string, number] => {
        // The client chooses the action, so it can contain line breaks. The outcome cannot.
        const [, action = "", outcome = ""] = /^(.*)\n(.*)$/s.exec(key) ?? [];
        return [`{action="${escaped(action)}",outcome="${escaped(outcome)}"}`, count];
    });
    return `${[
        ...metric(
            "machine_images_calls_total",
            "counter",
            "Requests to the clouds and asynchronous steps of the clouds.",
            calls,
        ),
        ...metric("machine_images_pending_jobs", "gauge", "Asynchronous steps that are scheduled.", [
            ["", sim.pendingJobs],
        ]),
        ...metric("machine_images_virtual_time_seconds", "gauge", "Virtual time, in seconds since the epoch.", [
            ["", sim.clock.now() / 1000],
        ]),
        ...metric("process_resident_memory_bytes", "gauge", "Resident memory of the process.", [
            ["", process.memoryUsage.rss()],
        ]),
    ].join("\n")}\n`;
}
