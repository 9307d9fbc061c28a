namespace TransferLearning.Benchmarks.Serving;

/// <summary>
/// Measures samples/AspNetCore beside the same endpoint by hand with SkiaSharp and ONNX Runtime, on the loopback: throughput, latency,
/// memory, and requests that fail while the model is replaced. For reports/serving.md.
/// </summary>
internal static class ServingMeasurement
{
    private const string Reloaded = "is reloaded";
    private static readonly TimeSpan BetweenReplacements = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ReloadPatience = TimeSpan.FromSeconds(30);

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (ServingArguments.Parse(arguments) is not { } parsed)
        {
            error.WriteLine(ServingArguments.Usage);
            return 1;
        }

        using var files = new ServedFiles();
        var report = new ServingReport(parsed);
        MeasureSpeedAsync(parsed, files, report, error).GetAwaiter().GetResult();
        report.Memory = MeasureMemoryAsync(ServedFiles.Sample, parsed, files, error).GetAwaiter().GetResult();
        report.PeerMemory = MeasureMemoryAsync(ServedFiles.Peer, parsed, files, error).GetAwaiter().GetResult();
        MeasureReplacementsAsync(parsed, files, report, error).GetAwaiter().GetResult();
        string text = report.Write();
        output.Write(text);
        if (parsed.Report is { } file)
        {
            File.WriteAllText(file, text);
        }

        return 0;
    }

    private static async Task MeasureSpeedAsync(ServingArguments arguments, ServedFiles files, ServingReport report, TextWriter log)
    {
        using var ours = ServiceProcess.Start(ServedFiles.Sample, "--Model:File", files.Model);
        using var unbatched = ServiceProcess.Start(ServedFiles.Sample, "--Model:File", files.Model, "--Model:Batching", "false");
        using var peer = ServiceProcess.Start(ServedFiles.Peer, "--Model:File", files.Model);
        using var toOurs = new LoadGenerator(ours.Address, files.Photos, arguments.Connections);
        using var toUnbatched = new LoadGenerator(unbatched.Address, files.Photos, arguments.Connections);
        using var toPeer = new LoadGenerator(peer.Address, files.Photos, arguments.Connections);
        int same = 0;
        foreach (byte[] photo in files.Photos)
        {
            same += await toOurs.LabelAsync(photo) == await toPeer.LabelAsync(photo) ? 1 : 0;
        }

        report.SameLabels = (same, files.Photos.Length);
        for (int round = 0; round < arguments.Rounds; round++)
        {
            foreach ((string name, LoadGenerator load) in
                new[] { (ServingReport.Ours, toOurs), (ServingReport.Unbatched, toUnbatched), (ServingReport.Peer, toPeer) })
            {
                LoadResult result = await load.RunAsync(TimeSpan.FromSeconds(arguments.Seconds));
                report.Add(name, result);
                log.WriteLine(
                    $"{name}: {result.RequestsPerSecond:0.0}/s, {result.P50:0.0} ms, {result.P99:0.0} ms, {result.Failed} failed");
            }
        }
    }

    private static async Task<(double First, double Last)> MeasureMemoryAsync(
        string assembly, ServingArguments arguments, ServedFiles files, TextWriter log)
    {
        using var service = ServiceProcess.Start(assembly, "--Model:File", files.Model);
        using var load = new LoadGenerator(service.Address, files.Photos, arguments.Connections);
        await load.RunAsync(arguments.Requests);
        double first = service.WorkingSet;
        await load.RunAsync(9 * arguments.Requests);
        double last = service.WorkingSet;
        log.WriteLine($"{Path.GetFileName(assembly)}: {first:0} MiB, then {last:0} MiB");
        return (first, last);
    }

    private static async Task MeasureReplacementsAsync(
        ServingArguments arguments, ServedFiles files, ServingReport report, TextWriter log)
    {
        using var service = ServiceProcess.Start(
            ServedFiles.Sample,
            "--Model:File", files.Model, "--Model:Reload:PollInterval", "00:00:00.100", "--Model:Reload:SettleTime", "00:00:00.050");
        using var load = new LoadGenerator(service.Address, files.Photos, arguments.Connections);
        bool goesOn = true;
        Task<LoadResult> running = load.RunAsync(_ => Volatile.Read(ref goesOn));
        int reloads = 0;
        for (int i = 0; i < arguments.Replacements; i++)
        {
            int before = Reloads(service);
            files.ReplaceModel();
            long start = TimeProvider.System.GetTimestamp();
            while (Reloads(service) == before && TimeProvider.System.GetElapsedTime(start) < ReloadPatience)
            {
                await Task.Delay(10);
            }

            await Task.Delay(BetweenReplacements);
            reloads = Reloads(service);
        }

        Volatile.Write(ref goesOn, false);
        report.Replaced = (await running, reloads);
        log.WriteLine($"{arguments.Replacements} replacements, {reloads} reloads, {report.Replaced.Result.Failed} failed requests");
    }

    private static int Reloads(ServiceProcess service) => service.Lines.Count(l => l.Contains(Reloaded, StringComparison.Ordinal));
}
