# One image for every sortline command: `docker build -t sortline .`
# Without a registry, name base images of your own: --build-arg BUILD_IMAGE=… --build-arg RUN_IMAGE=…
ARG BUILD_IMAGE=maven:3-eclipse-temurin-17
ARG RUN_IMAGE=eclipse-temurin:17-jre

FROM ${BUILD_IMAGE} AS build
# Such as -o, or -s with a settings file of yours.
ARG MAVEN_FLAGS=
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository \
    mvn -q -B ${MAVEN_FLAGS} -Pdistribution -Dmaven.test.skip=true package
RUN mkdir /opt/sortline && tar -xzf sortline-cli/target/sortline-*.tar.gz -C /opt/sortline --strip-components=1

FROM ${RUN_IMAGE}
# A home of its own: native libraries are unpacked there.
RUN useradd --system --uid 10001 --user-group --create-home --home-dir /var/lib/sortline --shell /usr/sbin/nologin sortline
COPY --from=build /opt/sortline /opt/sortline
WORKDIR /var/lib/sortline
# By number, for Kubernetes' runAsNonRoot.
USER 10001
# All that is written, besides /tmp: the rest of the container can be read-only.
VOLUME /var/lib/sortline
# These override what the line file says, so that the health check finds its port and the model is the image's own.
ENV SORTLINE_HTTP_PORT=8080 \
    SORTLINE_HTTP_ADDRESS=0.0.0.0 \
    SORTLINE_MODEL=/opt/sortline/models/waste-mobilenet-v2
EXPOSE 8080
# Bash's own TCP, for not every base image has curl, and a JVM each time would take time from the line.
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/$SORTLINE_HTTP_PORT && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["/opt/sortline/bin/sortline"]
CMD ["classify", "--config", "/etc/sortline/line.yaml"]
