# SPDX-License-Identifier: Apache-2.0
"""A camera with RTSP, of GStreamer: rtsp_camera.py PORT FOLDER PICTURES RATE

Shows the JPEGs of a folder, 00.jpg and on, again and again as H.264 at /belt, with a key frame a second. Says "ready" on a line when it
listens, "missing" and what when something is not installed. Runs until it is killed.
"""

import sys

try:
    import gi

    gi.require_version("Gst", "1.0")
    gi.require_version("GstRtspServer", "1.0")
    from gi.repository import GLib, Gst, GstRtspServer
except (ImportError, ValueError) as missing:
    print("missing", missing, flush=True)
    sys.exit()

Gst.init(None)
port, folder, pictures, rate = sys.argv[1:]
for element in ("multifilesrc", "jpegdec", "videoconvert", "x264enc", "rtph264pay"):
    if not Gst.ElementFactory.find(element):
        print("missing", element, flush=True)
        sys.exit()
factory = GstRtspServer.RTSPMediaFactory()
factory.set_launch(
    f"( multifilesrc location={folder}/%02d.jpg start-index=0 stop-index={int(pictures) - 1} loop=true"
    f" caps=image/jpeg,framerate={rate}/1 ! jpegdec ! videoconvert ! video/x-raw,format=I420 ! identity sync=true"
    f" ! x264enc tune=zerolatency speed-preset=ultrafast bitrate=6000 key-int-max={rate} threads=1"
    f" ! rtph264pay name=pay0 pt=96 config-interval=1 )"
)
factory.set_shared(True)
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(port)
server.get_mount_points().add_factory("/belt", factory)
server.attach(None)
print("ready", flush=True)
GLib.MainLoop().run()
