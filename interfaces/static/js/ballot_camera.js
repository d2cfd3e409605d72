// Reads a card with the page's own camera: by the browser where it can, else by a decoder that is fetched only now.
"use strict";
(() => {
  const button = document.getElementById("camera");
  const view = document.getElementById("camera-view");
  const said = document.getElementById("camera-said");
  const word = (key) => document.querySelector(`[data-word="${key}"]`).textContent;
  const LOOK_AGAIN = 150;
  const WIDEST = 640;
  let stream = null;

  if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) return;
  button.hidden = false;

  const stop = () => {
    if (stream) stream.getTracks().forEach((track) => track.stop());
    stream = null;
    view.srcObject = null;
    view.hidden = true;
    said.hidden = true;
    button.hidden = false;
  };

  const say = (key) => { said.textContent = word(key); said.hidden = false; };

  const fetched = () => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = button.dataset.reader;
    script.integrity = button.dataset.integrity;
    script.onload = resolve;
    script.onerror = reject;
    document.head.appendChild(script);
  });

  const browsersOwn = async () => {
    if (!window.BarcodeDetector) return null;
    const formats = await BarcodeDetector.getSupportedFormats();
    if (formats.indexOf("qr_code") < 0) return null;
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async () => { const found = await detector.detect(view); return found.length ? found[0].rawValue : ""; };
  };

  const ours = async () => {
    if (!window.jsQR) await fetched();
    const canvas = document.createElement("canvas");
    const drawing = canvas.getContext("2d", { willReadFrequently: true });
    return async () => {
      const scale = Math.min(1, WIDEST / view.videoWidth);
      canvas.width = Math.round(view.videoWidth * scale);
      canvas.height = Math.round(view.videoHeight * scale);
      drawing.drawImage(view, 0, 0, canvas.width, canvas.height);
      const picture = drawing.getImageData(0, 0, canvas.width, canvas.height);
      const found = window.jsQR(picture.data, picture.width, picture.height, { inversionAttempts: "dontInvert" });
      return found ? found.data : "";
    };
  };

  const look = async (read) => {
    while (stream && !document.getElementById("enter").hidden) {
      const code = view.videoWidth ? await read() : "";
      if (code) { stop(); document.dispatchEvent(new CustomEvent("card", { detail: code.split("#").pop() })); return; }
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
    }
    stop();
  };

  button.addEventListener("click", async () => {
    button.hidden = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      view.srcObject = stream;
      view.hidden = false;
      await view.play();
      say("camera_look");
      await look((await browsersOwn()) || (await ours()));
    } catch (_) {
      stop();
      say("camera_no");
      document.getElementById("code").focus();
    }
  });
  window.addEventListener("pagehide", stop);
})();
