#!/usr/bin/env bash
# A Slurm of this machine alone, for tests: munged, slurmctld and slurmd without systemd, with configuration, keys,
# sockets, state and logs in one folder and ports of their own; nothing outside the folder is read or changed. Root only.
#   one_machine.sh start FOLDER PID   starts it; SLURM_CONF=FOLDER/slurm.conf is then what Slurm's commands need;
#                                     stops it when the process PID is gone
#   one_machine.sh stop FOLDER        cancels what runs, stops it
set -euo pipefail
what=${1:?usage}
folder=${2:?usage}
export SLURM_CONF=$folder/slurm.conf

stop_all() {
  if [ -s "$folder/slurmctld.pid" ]; then
    timeout 5 scancel --user=root 2>/dev/null || true
    for _ in $(seq 50); do
      [ -z "$(timeout 5 squeue --noheader 2>/dev/null || true)" ] && break
      sleep 0.1
    done
  fi
  for daemon in slurmd slurmctld munged; do
    [ -s "$folder/$daemon.pid" ] || continue
    pid=$(cat "$folder/$daemon.pid")
    kill "$pid" 2>/dev/null || continue
    for _ in $(seq 50); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null || true
  done
}

if [ "$what" = watch ]; then
  while kill -0 "$3" 2>/dev/null; do sleep 0.5; done
fi
if [ "$what" != start ]; then
  stop_all
  exit 0
fi
owner=${3:?usage}

[ "$(id -u)" -eq 0 ] || { echo "Slurm's daemons need root"; exit 1; }
for program in munged slurmctld slurmd sinfo; do
  command -v "$program" >/dev/null || { echo "$program is not installed"; exit 1; }
done
mkdir -p "$folder/log" "$folder/state" "$folder/spool"
chmod 755 "$folder"
name=$(hostname -s)
port=$((20000 + $$ % 20000))
dd if=/dev/urandom of="$folder/munge.key" bs=1024 count=1 status=none
chmod 400 "$folder/munge.key"
# slurmd without a configuration prints this machine's.
read -r cpus memory < <(slurmd -C | sed -n 's/.*CPUs=\([0-9]*\).*RealMemory=\([0-9]*\).*/\1 \2/p')
cat >"$SLURM_CONF" <<END
ClusterName=one
SlurmctldHost=$name(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/slurmd.log
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=2,bf_interval=5,requeue_delay=0
KillWait=5
MaxArraySize=101
NodeName=$name NodeAddr=127.0.0.1 CPUs=$cpus RealMemory=$memory State=UNKNOWN
PartitionName=all Nodes=$name Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO
END
trap stop_all ERR
munged --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" --pid-file="$folder/munged.pid" \
  --log-file="$folder/log/munged.log" --seed-file="$folder/munged.seed"
slurmctld -f "$SLURM_CONF"
slurmd -f "$SLURM_CONF"
bash "$0" watch "$folder" "$owner" </dev/null >/dev/null 2>&1 &
for _ in $(seq 100); do
  state=$(timeout 5 sinfo --noheader --format=%T 2>/dev/null || true)
  if [ "$state" = idle ]; then exit 0; fi
  sleep 0.2
done
echo "the node is ${state:-unknown}, not idle:"
tail -n 5 "$folder/log/slurmctld.log" "$folder/log/slurmd.log"
stop_all
exit 1
