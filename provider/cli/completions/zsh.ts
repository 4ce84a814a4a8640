import type { Declaration, Option, Takes } from "../declaration";

/** For a file "_machine-images" in a folder of fpath, or for eval after compinit. */
export function zshCompletion(commands: readonly Declaration[]): string {
    return `#compdef machine-images
# Completion of machine-images for zsh: machine-images completion zsh > FOLDER_OF_FPATH/_machine-images
_machine-images() {
    local -a commands
    commands=(
${commands.map(({ name, summary }) => `        ${quoted(`${name}:${summary.replaceAll(":", "\\:")}`)}`).join("\n")}
    )
    if (( CURRENT == 2 )); then
        _describe -t commands 'command' commands
        _arguments '--help[print the help]' '--version[print the version of this package]'
        return
    fi
    local command=$words[2]
    shift words
    (( CURRENT-- ))
    case $command in
        help) _describe -t commands 'command' commands ;;
${commands.map(commandCase).join("\n")}
    esac
}

if [[ $funcstack[1] == _machine-images ]]; then _machine-images "$@"; else compdef _machine-images machine-images; fi
`;
}

function commandCase({ name, options, takes, passthrough }: Declaration): string {
    if (passthrough) return `        ${name}) _default ;;`;
    const specs = [
        ...Object.entries(options).map(([option, declared]) => optionSpec(option, declared)),
        "--help[print the help]",
        ...(takes ? [`*:${inSpec(takes.value)}:${offered(takes)}`] : []),
    ];
    return `        ${name}) _arguments ${specs.map(quoted).join(" ")} ;;`;
}

function optionSpec(name: string, option: Option): string {
    const meaning = `[${inSpec(option.meaning)}]`;
    if (option.type === "boolean") return `--${name}${meaning}`;
    return `${option.multiple ? "*" : ""}--${name}=${meaning}:${inSpec(option.value)}:${offered(option)}`;
}

function offered({ choices, completes }: Pick<Takes, "choices" | "completes">): string {
    if (choices) return `(${choices.join(" ")})`;
    return completes === "files" ? "_files" : " ";
}

/** Escapes brackets and colons, which are special in a specification of _arguments. */
const inSpec = (text: string) => text.replace(/[[\]:\\]/g, (character) => `\\${character}`);

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
