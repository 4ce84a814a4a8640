import type { Declaration, Option, Setting } from "../declaration";

const isSetting = (option: Option): option is Setting => option.type === "string";

/** For bash 3.2 and later. The script contains all words and runs no other program. */
export function bashCompletion(commands: readonly Declaration[]): string {
    return `# Completion of machine-images for bash: eval "$(machine-images completion bash)"
_machine_images() {
    local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command=\${COMP_WORDS[1]}
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        _machine_images_words "${commands.map(({ name }) => name).join(" ")} help --help --version"
        return
    fi
    case "$command $previous" in
${commands.flatMap(valueCases).join("\n")}
    esac
    case "$command" in
    help) _machine_images_words "${commands.map(({ name }) => name).join(" ")}" ;;
${commands.map(wordCase).join("\n")}
    esac
}

_machine_images_words() {
    while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$1" -- "$current")
}

_machine_images_files() {
    while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$current")
    compopt -o filenames 2>/dev/null
}

complete -F _machine_images machine-images
`;
}

/** The values of an option. */
function valueCases({ name, options }: Declaration): string[] {
    return Object.entries(options).flatMap(([option, declared]) => {
        if (!isSetting(declared)) return [];
        const offer = declared.choices
            ? `_machine_images_words "${declared.choices.join(" ")}"; `
            : declared.completes === "files"
              ? "_machine_images_files; "
              : "";
        return [`    "${name} --${option}") ${offer}return ;;`];
    });
}

/** Options if the word begins with "-", else the positional arguments of the command. */
function wordCase({ name, options, takes, passthrough }: Declaration): string {
    if (passthrough) return `    ${name}) _machine_images_files ;;`;
    const flags = [...Object.keys(options), "help"].map((option) => `--${option}`).join(" ");
    const own = takes?.choices
        ? `_machine_images_words "${takes.choices.join(" ")}"`
        : takes?.completes === "files"
          ? "_machine_images_files"
          : `_machine_images_words "${flags}"`;
    return `    ${name}) case "$current" in -*) _machine_images_words "${flags}" ;; *) ${own} ;; esac ;;`;
}
