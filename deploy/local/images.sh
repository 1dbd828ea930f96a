# ./dev images [NAME…]: a container image for each service, with a bill of materials inside, and the secret files that deploy/compose.yaml reads.

# Those that call programs of the distribution; see deploy/images/Containerfile.
declare -A IMAGE_KIND=([tickets]=reading [browser-automation]=browser)
IMAGE_VERSION=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)

# "name project" a line.
image_projects() { find gateway services -maxdepth 2 -name '*.csproj' | sort | while read -r project; do echo "$(basename "$(dirname "$project")") $project"; done; }

image_builder() {
    local builder
    # What the environment names may be a script of its own, for machines where a builder needs persuasion.
    for builder in ${INVOICING_IMAGE_BUILDER:-docker podman buildah}; do
        command -v "$builder" >/dev/null && { [[ $builder != docker ]] || docker info >/dev/null 2>&1; } && { echo "$builder"; return; }
    done
    return 1
}

dev_images() {
    ensure_installed
    local builder name project
    builder=$(image_builder) || die "Neither docker, podman nor buildah answers here; images are built where one does."
    dotnet tool restore >&2 || die "The tool that writes bills of materials could not be restored (.config/dotnet-tools.json)."
    while read -r name project; do
        [[ $# -eq 0 || " $* " == *" $name "* ]] || continue
        prepare_image "$name" "$project"
        build_image "$builder" "$name" "$(basename "$project" .csproj).dll"
    done < <(image_projects)
    compose_secrets
}

# What goes into the image: .run/images/NAME/app and sbom.json (CycloneDX).
prepare_image() {
    local folder=$RUN/images/$1
    step "Publishing $1"
    rm -rf "$folder"
    mkdir -p "$folder"
    dotnet publish "$2" -c "$CONFIGURATION" -o "$folder/app" -v q -nologo >&2 || die "$1 was not published."
    # Playwright brings its driver for five platforms along; a container has one.
    find "$folder/app/.playwright/node" -mindepth 1 -maxdepth 1 ! -name "linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')" ! -name LICENSE -exec rm -rf {} + 2>/dev/null || true
    dotnet tool run dotnet-CycloneDX "$2" --output "$folder" --filename sbom.json --output-format Json --recursive --disable-package-restore \
        --set-name "invoicing/$1" --set-version "$IMAGE_VERSION" >&2 || die "The bill of materials of $1 was not written."
}

# $1: builder, $2: service, $3: its program.
build_image() {
    local options=(--build-arg "KIND=${IMAGE_KIND[$2]:-program}" --build-arg "NAME=$2" --build-arg "VERSION=$IMAGE_VERSION" --build-arg "DLL=$3")
    [[ -z ${INVOICING_BASE_IMAGE:-} ]] || options+=(--build-arg "BASE=$INVOICING_BASE_IMAGE")
    [[ -z ${INVOICING_RUNTIME_IMAGE:-} ]] || options+=(--build-arg "RUNTIME=$INVOICING_RUNTIME_IMAGE")
    step "Building ${INVOICING_REGISTRY:-localhost}/invoicing/$2:$IMAGE_VERSION with $1"
    # Of docker's formats only its own keeps health checks; podman and buildah write OCI unless told.
    [[ $1 == docker ]] || options+=(--format docker)
    "$1" build -f deploy/images/Containerfile "${options[@]}" -t "${INVOICING_REGISTRY:-localhost}/invoicing/$2:$IMAGE_VERSION" "$RUN/images/$2" >&2 || die "$2 has no image."
}

# Files as deploy/compose.yaml names them, from the keys and passwords of .run/keys.
compose_secrets() {
    ensure_keys
    local to=$RUN/compose keys=$RUN/keys database name
    umask 077
    mkdir -p "$to"
    cp -r "$keys/public" "$keys/secrets" "$to/"
    cp "$keys/oauth-signing.pem" "$to/oauth-signing"
    for name in "$keys"/private/*.pem; do cp "$name" "$to/identity-$(basename "$name" .pem)"; done
    cp "$keys/passwords/postgres" "$to/postgres"
    cp "$keys/passwords/platform-admin" "$to/Bootstrap__PlatformAdmin__ClientSecret"
    printf 'default_user = invoicing\ndefault_pass = %s\n' "$(password rabbitmq)" >"$to/rabbitmq"
    printf 'amqp://invoicing:%s@rabbitmq:5672' "$(password rabbitmq)" >"$to/ConnectionStrings__rabbitmq"
    for database in tickets jobs billing tenants; do
        printf 'Host=postgres;Username=postgres;Password=%s;Database=%s' "$(password postgres)" "$database" >"$to/ConnectionStrings__$database"
    done
    umask 022
    # The containers' user is another one: who may read the folder may read what is in it.
    chmod 700 "$to"
    find "$to" -type f -exec chmod 644 {} +
    find "$to" -mindepth 1 -type d -exec chmod 755 {} +
}
