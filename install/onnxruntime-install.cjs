// Stands for onnxruntime's own install script, which is `install-cuda.js` beside it: fetches the CUDA libraries where there is an NVIDIA GPU
// to use them or they were asked for by name, and only where they were asked for lets a failure end the installation.
'use strict';
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const path = require('node:path');

/** What the drivers make: of Linux, with and without the kernel's process files, and of the Windows Subsystem for Linux. */
const DRIVERS = ['/proc/driver/nvidia/version', '/dev/nvidiactl', '/dev/dxg'];

const isAskedFor = ['ONNXRUNTIME_NODE_INSTALL', 'ONNXRUNTIME_NODE_INSTALL_CUDA'].some(
  (name) => process.env[name] || process.env[`npm_config_${name.toLowerCase()}`],
);
if (isAskedFor || DRIVERS.some((file) => existsSync(file))) {
  const { status } = spawnSync(process.execPath, [path.join(__dirname, 'install-cuda.js')], {
    stdio: 'inherit',
  });
  if (isAskedFor) process.exitCode = status ?? 1;
  else if (status !== 0)
    console.warn('The CUDA libraries cannot be had, and onnxruntime runs on the CPU; its reason is above.');
}
