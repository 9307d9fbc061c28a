// The tests listen to meters and activities, which belong to the process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
