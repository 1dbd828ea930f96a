{{/* What a service's pod and its migration job have in common. Call with (dict "root" $ "name" name "service" service). */}}

{{- define "invoicing.labels" -}}
app.kubernetes.io/part-of: invoicing
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- define "invoicing.podSecurity" -}}
securityContext:
  runAsNonRoot: true
  runAsUser: 1654
  runAsGroup: 1654
  fsGroup: 1654
  seccompProfile: { type: RuntimeDefault }
automountServiceAccountToken: false
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "invoicing.containerBase" -}}
image: {{ .root.Values.image.registry }}/{{ .service.image | default .name }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
volumeMounts:
  - { name: tmp, mountPath: /tmp }
  {{- if not (or .service.public .service.alone) }}
  - { name: settings, mountPath: /run/invoicing/settings, readOnly: true }
  {{- end }}
  {{- if not .service.alone }}
  - { name: identity, mountPath: /etc/invoicing/identity, readOnly: true }
  - { name: public, mountPath: /etc/invoicing/keys/public, readOnly: true }
  {{- end }}
  - { name: live, mountPath: /etc/invoicing/live, readOnly: true }
  {{- if .service.artefacts }}
  - { name: artefacts, mountPath: /var/lib/invoicing/artefacts }
  - { name: artefact-keys, mountPath: /etc/invoicing/keys/artefacts, readOnly: true }
  {{- end }}
  {{- if .service.secrets }}
  - { name: keys, mountPath: /etc/invoicing/keys/secrets, readOnly: true }
  - { name: oauth, mountPath: /etc/invoicing/oauth, readOnly: true }
  {{- end }}
env:
  - { name: ASPNETCORE_URLS, value: "http://*:{{ .service.port }}" }
  - { name: Metrics__Port, value: "{{ add .service.port 1000 }}" }
  - { name: OTEL_SERVICE_NAME, value: {{ .name }} }
  {{- if not .service.alone }}
  - { name: Identity__Name, value: {{ .service.identity | default .name }} }
  - { name: Identity__SigningKey, value: /etc/invoicing/identity/{{ .service.identity | default .name }}.pem }
  - { name: Identity__Keys, value: /etc/invoicing/keys/public }
  {{- end }}
  {{- if not (or .service.public .service.alone) }}
  - { name: Settings__Folder, value: /run/invoicing/settings }
  {{- end }}
  - { name: Live__Folder, value: /etc/invoicing/live }
  - { name: Artefacts__Root, value: /var/lib/invoicing/artefacts }
  {{- if .service.artefacts }}
  - { name: Artefacts__Keys, value: /etc/invoicing/keys/artefacts }
  {{- end }}
  {{- with .service.role }}
  - { name: Role, value: {{ . }} }
  {{- end }}
  {{- if .service.catalogue }}
  - { name: Merchants__Catalogue, value: "true" }
  {{- end }}
  {{- with .service.slots }}
  - { name: Browser__Slots, value: {{ . | quote }} }
  {{- end }}
  {{- if or .service.secrets .service.public }}
  - { name: OAuth__Issuer, value: {{ .root.Values.issuer | quote }} }
  {{- end }}
  {{- if .service.secrets }}
  - { name: OAuth__SigningKey, value: /etc/invoicing/oauth/oauth-signing.pem }
  - { name: Secrets__Keys, value: /etc/invoicing/keys/secrets }
  - { name: Bootstrap__PlatformAdmin__ClientId, value: platform-admin }
  {{- end }}
  {{- if .service.public }}
  - { name: Security__Anonymous, value: "off" }
  - { name: Security__Contact, value: {{ .root.Values.securityContact | quote }} }
  {{- end }}
  {{- with .root.Values.otlpEndpoint }}
  - { name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ . | quote }} }
  {{- end }}
  {{- range .service.references }}
  - { name: services__{{ . }}__http__0, value: "http://{{ . }}:{{ (index $.root.Values.services .).port }}" }
  {{- end }}
{{- end }}

{{- define "invoicing.volumes" -}}
volumes:
  - { name: tmp, emptyDir: {} }
  {{- if not (or .service.public .service.alone) }}
  - name: settings
    projected:
      sources:
        {{- if .service.database }}
        - secret: { name: {{ .root.Values.secrets.connections }}, items: [{ key: ConnectionStrings__{{ .service.database }}, path: ConnectionStrings__{{ .service.database }} }] }
        {{- end }}
        - secret: { name: {{ .root.Values.secrets.connections }}, items: [{ key: ConnectionStrings__rabbitmq, path: ConnectionStrings__rabbitmq }] }
        {{- if .service.secrets }}
        - secret: { name: {{ .root.Values.secrets.bootstrap }} }
        {{- end }}
  {{- end }}
  {{- if not .service.alone }}
  - name: identity
    secret: { secretName: {{ .root.Values.secrets.identity }}, items: [{ key: {{ .service.identity | default .name }}.pem, path: {{ .service.identity | default .name }}.pem }] }
  - { name: public, secret: { secretName: {{ .root.Values.secrets.public }} } }
  {{- end }}
  - { name: live, configMap: { name: {{ .root.Release.Name }}-live } }
  {{- if .service.artefacts }}
  - { name: artefacts, persistentVolumeClaim: { claimName: {{ .root.Values.artefacts.existingClaim | default (printf "%s-artefacts" .root.Release.Name) }} } }
  - { name: artefact-keys, secret: { secretName: {{ .root.Values.secrets.artefacts }} } }
  {{- end }}
  {{- if .service.secrets }}
  - { name: keys, secret: { secretName: {{ .root.Values.secrets.keys }} } }
  - { name: oauth, secret: { secretName: {{ .root.Values.secrets.oauth }} } }
  {{- end }}
{{- end }}
