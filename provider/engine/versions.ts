/** Version of the Pulumi engine, of its npm launcher and of the Node.js SDK: one number for all three. */
export const engineVersion = "3.259.0";

/** Version of the Go module that still holds the Node.js language host; later ones are not served by the Go proxy. */
export const languageHostVersion = "3.68.0";

/** Version of the plugin behind `@pulumi/random`. */
export const randomPluginVersion = "4.21.2";

/** Oldest Go that builds the modules in `engine/modules`. */
export const goVersion = "1.25.11";
