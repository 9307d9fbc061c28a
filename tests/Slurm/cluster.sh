# A Slurm of one node on this machine, with files below $slurm only: functions for a test to source.
# Needs Debian's packages slurm-wlm and munge; neither root nor systemd.

# Starts it, with two processors whatever the machine has.
start_cluster() {
  local node user memory
  node=$(hostname -s)
  user=$(id -un)
  memory=$(awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo)
  mkdir -p "$slurm/state" "$slurm/spool"
  head -c 1024 /dev/urandom >"$slurm/munge.key"
  chmod 400 "$slurm/munge.key"
  cat >"$slurm/slurm.conf" <<CONF
ClusterName=test
SlurmctldHost=$node(127.0.0.1)
SlurmctldPort=${SLURM_TEST_PORT:-16817}
SlurmdPort=$((${SLURM_TEST_PORT:-16817} + 1))
AuthType=auth/munge
AuthInfo=socket=$slurm/munge.socket
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SlurmUser=$user
SlurmdUser=$user
StateSaveLocation=$slurm/state
SlurmdSpoolDir=$slurm/spool
SlurmctldPidFile=$slurm/slurmctld.pid
SlurmdPidFile=$slurm/slurmd.pid
SlurmctldLogFile=$slurm/slurmctld.log
SlurmdLogFile=$slurm/slurmd.log
SlurmdParameters=config_overrides
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_min_interval=0,bf_interval=1
NodeName=$node NodeAddr=127.0.0.1 CPUs=2 RealMemory=$memory State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
  export SLURM_CONF=$slurm/slurm.conf
  munged --force --num-threads=2 --key-file="$slurm/munge.key" --socket="$slurm/munge.socket" --pid-file="$slurm/munged.pid" \
    --log-file="$slurm/munged.log" --seed-file="$slurm/munged.seed"
  slurmctld -c
  slurmd
  for _ in $(seq 100); do
    [[ $(sinfo --noheader --format=%T 2>"$slurm/sinfo.log") != idle ]] || return 0
    sleep 0.2
  done
  echo "the node is not idle: $(sinfo --noheader --format='%T %E' 2>&1)" >&2
  tail -n 20 "$slurm/slurmctld.log" "$slurm/slurmd.log" >&2
  return 1
}

# Ends the daemons, by the numbers in their files.
stop_cluster() {
  local file
  for file in "$slurm"/{slurmd,slurmctld,munged}.pid; do
    [[ ! -f $file ]] || kill "$(cat "$file")" 2>/dev/null || true
  done
}

# Waits until no task of a job is left in the queue.
wait_for_job() {
  local job=$1
  for _ in $(seq 900); do
    [[ -n $(squeue --noheader --jobs="$job" 2>/dev/null) ]] || return 0
    sleep 0.2
  done
  echo "job $job has not ended: $(squeue)" >&2
  return 1
}
