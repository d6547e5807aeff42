{{- define "sortline.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 48 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) | trunc 48 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "sortline.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}{{ .repository }}@{{ .digest }}{{- else -}}{{ .repository }}:{{ default $.Chart.AppVersion .tag }}{{- end -}}
{{- end -}}
{{- end -}}

{{/* Labels that select the pods of one part. */}}
{{- define "sortline.selector" -}}
app.kubernetes.io/name: sortline
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end -}}

{{- define "sortline.labels" -}}
{{ include "sortline.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- define "sortline.lineFile" -}}
{{- default (.Files.Get "files/line.yaml") .Values.lineFile -}}
{{- end -}}

{{/* The Secret that a part logs in to Kafka with: its own, else that of its KafkaUser. */}}
{{- define "sortline.kafkaSecret" -}}
{{- $values := index .root.Values .part -}}
{{- if $values.kafkaSecret -}}
{{ $values.kafkaSecret }}
{{- else if .root.Values.strimzi.users.enabled -}}
{{ include "sortline.fullname" .root }}-{{ .part }}
{{- end -}}
{{- end -}}

{{/*
The pod of a part: root, part (key of its values), arguments (a list), ports (a list of name and port), environment (a list), and secretVolume.
*/}}
{{- define "sortline.pod" -}}
{{- $root := .root -}}
{{- $values := index $root.Values .part -}}
{{- $kafka := $root.Values.kafka -}}
metadata:
  labels:
    {{- include "sortline.labels" (dict "root" $root "part" .part) | nindent 4 }}
  annotations:
    # Another line file means another process; a plan is taken up by the one that runs.
    sortline.dev/line-file: {{ include "sortline.lineFile" $root | sha256sum }}
    {{- with $values.annotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "sortline.fullname" $root }}
  automountServiceAccountToken: false
  # A service that is called sortline-kafka would come as variables that look like settings.
  enableServiceLinks: false
  terminationGracePeriodSeconds: 30
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    seccompProfile:
      type: RuntimeDefault
  {{- with $root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  {{- with $values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if eq .part "classifier" }}
  topologySpreadConstraints:
    {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
    - maxSkew: 1
      topologyKey: {{ . }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "sortline.selector" (dict "root" $root "part" "classifier") | nindent 10 }}
    {{- end }}
  {{- end }}
  containers:
    - name: {{ .part }}
      image: {{ include "sortline.image" $root }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      args:
        {{- range .arguments }}
        - {{ . | quote }}
        {{- end }}
        {{- if or (not $kafka.createTopics) $root.Values.strimzi.topics.enabled }}
        - --no-create-topics
        {{- end }}
      env:
        - name: SORTLINE_HTTP_PORT
          value: {{ $root.Values.httpPort | quote }}
        # The kubelet and Prometheus come from outside the pod.
        - name: SORTLINE_HTTP_ADDRESS
          value: 0.0.0.0
        - name: SORTLINE_MODEL
          value: {{ $root.Values.model.path }}
        - name: SORTLINE_KAFKA_BOOTSTRAP_SERVERS
          value: {{ $kafka.bootstrapServers | quote }}
        - name: SORTLINE_KAFKA_SECURITY_PROTOCOL
          value: {{ $kafka.securityProtocol }}
        {{- if $kafka.caSecret }}
        - name: SORTLINE_KAFKA_SSL_TRUSTSTORE_TYPE
          value: PEM
        - name: SORTLINE_KAFKA_SSL_TRUSTSTORE_LOCATION
          value: /etc/sortline/kafka-ca/ca.crt
        {{- end }}
        {{- if hasPrefix "SASL" $kafka.securityProtocol }}
        - name: SORTLINE_KAFKA_SASL_MECHANISM
          value: {{ required "kafka.saslMechanism is empty: kafka.securityProtocol asks for one" $kafka.saslMechanism }}
        - name: SORTLINE_KAFKA_SASL_JAAS_CONFIG
          valueFrom:
            secretKeyRef:
              name: {{ required (printf "%s.kafkaSecret is empty: name the Secret that it logs in to Kafka with" .part) (include "sortline.kafkaSecret" .) }}
              key: sasl.jaas.config
        {{- end }}
        {{- if $root.Values.tracing.endpoint }}
        - name: OTEL_TRACES_EXPORTER
          value: otlp
        - name: OTEL_EXPORTER_OTLP_ENDPOINT
          value: {{ $root.Values.tracing.endpoint | quote }}
        - name: OTEL_TRACES_SAMPLER_ARG
          value: {{ $root.Values.tracing.share | quote }}
        {{- end }}
        {{- with $values.javaOptions }}
        - name: SORTLINE_JAVA_OPTS
          value: {{ . | quote }}
        {{- end }}
        {{- with .environment }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      ports:
        - name: management
          containerPort: {{ $root.Values.httpPort }}
        {{- range .ports }}
        - name: {{ .name }}
          containerPort: {{ .port }}
        {{- end }}
      # Opening the model and reaching the cluster may take two minutes, and nothing is asked of it before.
      startupProbe:
        httpGet: { path: /health/live, port: management }
        periodSeconds: 2
        timeoutSeconds: 2
        failureThreshold: 60
      readinessProbe:
        httpGet: { path: /health/ready, port: management }
        periodSeconds: 5
        timeoutSeconds: 3
        failureThreshold: 2
      # Only what a restart would mend fails it; an outage of Kafka does not.
      livenessProbe:
        httpGet: { path: /health/live, port: management }
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 3
      resources:
        {{- toYaml $values.resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        runAsNonRoot: true
        capabilities:
          drop: [ALL]
        seccompProfile:
          type: RuntimeDefault
      volumeMounts:
        - { name: line, mountPath: /etc/sortline/line, readOnly: true }
        - { name: plans, mountPath: /etc/sortline/plans, readOnly: true }
        # TensorFlow's library is unpacked below the home.
        - { name: home, mountPath: /var/lib/sortline }
        - { name: tmp, mountPath: /tmp }
        {{- if $kafka.caSecret }}
        - { name: kafka-ca, mountPath: /etc/sortline/kafka-ca, readOnly: true }
        {{- end }}
        {{- if $values.secret }}
        - { name: secrets, mountPath: /etc/sortline/secrets, readOnly: true }
        {{- end }}
        {{- if $root.Values.model.claim }}
        - { name: models, mountPath: /models, readOnly: true }
        {{- end }}
  volumes:
    - name: line
      configMap: { name: {{ include "sortline.fullname" $root }}-line }
    - name: plans
      configMap: { name: {{ include "sortline.fullname" $root }}-plans }
    - name: home
      emptyDir: { sizeLimit: 2Gi }
    - name: tmp
      emptyDir: { sizeLimit: 256Mi }
    {{- with $kafka.caSecret }}
    - name: kafka-ca
      secret:
        secretName: {{ . }}
        items: [{ key: ca.crt, path: ca.crt }]
    {{- end }}
    {{- with $values.secret }}
    - name: secrets
      secret: { secretName: {{ . }}, defaultMode: 0440 }
    {{- end }}
    {{- with $root.Values.model.claim }}
    - name: models
      persistentVolumeClaim: { claimName: {{ . }}, readOnly: true }
    {{- end }}
{{- end -}}
