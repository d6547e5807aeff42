# SPDX-License-Identifier: Apache-2.0
"""A real RTSP server for the tests, of GStreamer: rtsp_server.py PORT [USER PASSWORD]

Serves moving test pictures of 640 x 360 at /h264, /h265 and /mjpeg, and of 1280 x 720 at /h264-720 and /mjpeg-720, 30 a second.
Says "ready" and what it has encoders for, on a line, when it listens; ends when its standard input does.
"""
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

Gst.init(None)
port, user, password = (sys.argv[1:] + ["", ""])[:3]
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(port)
if user:
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(2)  # digest
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    auth.add_digest(user, password, token)
    server.set_auth(auth)

ENCODERS = {
    "h264": "x264enc tune=zerolatency speed-preset=ultrafast bitrate=4000 key-int-max=15 ! rtph264pay name=pay0 pt=96 config-interval=1",
    "h265": "x265enc tune=zerolatency speed-preset=ultrafast bitrate=2000 key-int-max=15 ! rtph265pay name=pay0 pt=96 config-interval=1",
    "mjpeg": "jpegenc quality=85 ! rtpjpegpay name=pay0 pt=26",
}


def serve(path, codec, width, height):
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(
        f"( videotestsrc is-live=true pattern=ball ! "
        f"video/x-raw,format=I420,width={width},height={height},framerate=30/1 ! {ENCODERS[codec]} )"
    )
    factory.set_shared(True)
    if user:
        permissions = GstRtspServer.RTSPPermissions()
        permissions.add_permission_for_role("viewer", "media.factory.access", True)
        permissions.add_permission_for_role("viewer", "media.factory.construct", True)
        factory.set_permissions(permissions)
    server.get_mount_points().add_factory(path, factory)


codecs = [
    codec
    for codec, pipeline in ENCODERS.items()
    if all(Gst.ElementFactory.find(part.split()[0]) for part in pipeline.split("!"))
]
for name in codecs:
    serve("/" + name, name, 640, 360)
    serve("/" + name + "-720", name, 1280, 720)
server.attach(None)
loop = GLib.MainLoop()


def wait_for_end():
    sys.stdin.read()
    loop.quit()


threading.Thread(target=wait_for_end, daemon=True).start()
print("ready", *codecs, flush=True)
loop.run()
