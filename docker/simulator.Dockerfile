# The simulator of Entra ID, the Management Activity API (8443) and Microsoft Graph (8444) as an image, to rehearse with.
# What it takes from target/ is made by "mvn package -DskipTests".
ARG JAVA_IMAGE=eclipse-temurin:17-jre
FROM ${JAVA_IMAGE}

COPY target/simulator/ /opt/office365-simulator/
# Certificate and trust store: made at the first start, and read by the worker.
RUN mkdir -p /var/lib/office365-simulator && chown 1000:1000 /var/lib/office365-simulator
# Whoever builds with umask 077 has files that only he can read.
RUN find /opt/office365-simulator \( -type d ! -perm -005 -o -type f ! -perm -004 \) -exec chmod a+rX {} +

USER 1000:1000
VOLUME /var/lib/office365-simulator
EXPOSE 8443 8444
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8443"]
ENTRYPOINT ["java", "-jar", "/opt/office365-simulator/office365-simulator.jar", "--directory", "/var/lib/office365-simulator", "--port", "8443", "--graph-port", "8444"]
CMD []
