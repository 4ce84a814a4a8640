/** Version of the Pulumi engine, its npm launcher and the Node.js SDK. */
export const engineVersion = "3.259.0";

/** Version of the Go module with the Node.js language host. The Go proxy does not serve later versions. */
export const languageHostVersion = "3.68.0";

/** Version of the plugin for `@pulumi/random`. */
export const randomPluginVersion = "4.21.2";

/** Oldest version of Go that can build the modules in `engine/modules`. */
export const goVersion = "1.25.11";
