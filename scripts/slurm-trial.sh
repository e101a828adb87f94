#!/bin/bash
# Tries examples/slurm/record.sbatch on a Slurm cluster of this one machine: munge, a controller and three node daemons, all on
# 127.0.0.1 and in a temporary folder, stopped at the end. Records a small cascade by a job array, merges it by a dependent job and
# compares the records byte by byte with those of one process. Needs root, Debian's slurm-wlm and munge, and a compiled cascade.
#
#   scripts/slurm-trial.sh <cascade> <data> [split]
set -euo pipefail
cascade=$(realpath "$1") data=$2 split=${3:-test}
root=$(cd "$(dirname "$0")/.." && pwd)
data_dir=$(realpath "${CASCADE_DATA:-.}")
[ -d "$data" ] && data=$(realpath "$data")
work=$(mktemp -d)
chmod 755 "$work"
pids=()
stop() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait
  rm -rf "$work"
}
trap stop EXIT

mkdir -m 755 "$work/munge" "$work/state" "$work/spool"
dd if=/dev/urandom of="$work/munge/key" bs=128 count=1 status=none
chmod 600 "$work/munge/key"
munged --foreground --force --key-file="$work/munge/key" --socket="$work/munge/socket" --pid-file="$work/munge/pid" \
  --log-file="$work/munge/log" --seed-file="$work/munge/seed" >/dev/null 2>&1 &
pids+=($!)

cat >"$work/slurm.conf" <<CONF
ClusterName=trial
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
CredType=cred/munge
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmctldPort=26817
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool/%n
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd-%n.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
ReturnToService=2
NodeName=node1 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=26821 CPUs=1
NodeName=node2 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=26822 CPUs=1
NodeName=node3 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=26823 CPUs=1
PartitionName=all Nodes=node[1-3] Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$work/slurm.conf
sleep 1
slurmctld -D >/dev/null 2>&1 &
pids+=($!)
for node in node1 node2 node3; do
  slurmd -D -N $node >/dev/null 2>&1 &
  pids+=($!)
done
for _ in $(seq 30); do
  [ "$(sinfo -h -t idle -o %D 2>/dev/null)" = 3 ] && break
  sleep 1
done
sinfo -N -o '%N %T'

cd "$work"
cp -r "$cascade" whole.cascade
cp -r "$cascade" sharded.cascade
export CASCADE="node $root/dist/bin/cascade.js" CASCADE_DATA=$data_dir
$CASCADE record whole.cascade --data "$data" --split "$split" --quiet
batch=$root/examples/slurm/record.sbatch
echo "\$ sbatch --array=1-5 examples/slurm/record.sbatch sharded.cascade --split $split"
array=$(sbatch --parsable --array=1-5 "$batch" sharded.cascade --data "$data" --split "$split" --quiet)
echo "\$ sbatch --dependency=afterok:$array examples/slurm/record.sbatch sharded.cascade --split $split --merge"
merge=$(sbatch --parsable --dependency=afterok:"$array" "$batch" sharded.cascade --split "$split" --merge)
for _ in $(seq 180); do
  [ -z "$(squeue -h)" ] && break
  sleep 1
done
scontrol show job "$array" | grep -oE 'ArrayTaskId=[0-9]+|JobState=[A-Z]+|^ +NodeList=\S+' | paste -d ' ' - - - | sort -u
scontrol show job "$merge" | grep -oE 'JobState=[A-Z]+|^ +NodeList=\S+' | paste -d ' ' - - | sed 's/^/merge: /'
cat cascade-record-*.log
diff -r whole.cascade/records sharded.cascade/records
echo 'The records of the job array are the bytes of one process.'
