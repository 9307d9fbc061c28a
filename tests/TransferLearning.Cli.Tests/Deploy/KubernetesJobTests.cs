using System.Globalization;
using k8s;
using k8s.Models;

namespace TransferLearning.Cli.Tests.Deploy;

/// <summary>The jobs of deploy/kubernetes, read as strictly as a cluster reads them, and their commands run here.</summary>
public sealed class KubernetesJobTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("extract-job.yaml")]
    [InlineData("merge-job.yaml")]
    public void A_job_is_a_job_of_the_batch_api_without_unknown_fields_and_without_rights_that_it_does_not_need(string name)
    {
        V1Job job = Read(name);

        (job.ApiVersion, job.Kind).ShouldBe(("batch/v1", "Job"));
        V1PodSpec pod = job.Spec.Template.Spec;
        pod.RestartPolicy.ShouldBe("Never");
        pod.AutomountServiceAccountToken.ShouldBe(false);
        pod.SecurityContext.RunAsNonRoot.ShouldBe(true);
        V1Container container = pod.Containers.ShouldHaveSingleItem();
        container.SecurityContext.ReadOnlyRootFilesystem.ShouldBe(true);
        container.SecurityContext.AllowPrivilegeEscalation.ShouldBe(false);
        container.SecurityContext.Capabilities.Drop.ShouldBe(["ALL"]);
        container.Resources.Requests.Keys.ShouldBe(["cpu", "memory"], ignoreOrder: true);
        container.Resources.Limits["memory"].ToDecimal().ShouldBeGreaterThanOrEqualTo(container.Resources.Requests["memory"].ToDecimal());
        container.VolumeMounts.Select(m => m.Name).ShouldBe(pod.Volumes.Select(v => v.Name), ignoreOrder: true);
    }

    [Fact]
    public void A_field_that_a_job_does_not_have_is_an_error_to_the_reader()
    {
        string text = File.ReadAllText(PathOf("extract-job.yaml"));

        Should.Throw<Exception>(() => KubernetesYaml.Deserialize<V1Job>(
            text.Replace("  backoffLimitPerIndex:", "  backoffLimitByIndex:", StringComparison.Ordinal), strict: true));
    }

    [Fact]
    public void Each_index_is_a_shard_with_attempts_of_its_own_that_reads_the_data_and_writes_the_cache()
    {
        V1Job job = Read("extract-job.yaml");

        job.Spec.CompletionMode.ShouldBe("Indexed");
        job.Spec.BackoffLimitPerIndex.ShouldNotBeNull();
        job.Spec.BackoffLimit.ShouldBeNull("it would end the job for one shard");
        job.Spec.PodFailurePolicy.Rules.Select(r => r.Action).ShouldBe(["Ignore", "FailIndex"]);
        V1PodSpec pod = job.Spec.Template.Spec;
        V1Container container = pod.Containers[0];
        job.Spec.PodFailurePolicy.Rules[1].OnExitCodes.ContainerName.ShouldBe(container.Name);
        ValueOf("--shard").ShouldBe("auto");
        ValueOf("--shards").ShouldBe($"{job.Spec.Completions}");
        decimal.Parse(ValueOf("--threads"), CultureInfo.InvariantCulture).ShouldBe(container.Resources.Limits["cpu"].ToDecimal());
        container.VolumeMounts.Single(m => m.MountPath == "/data").ReadOnlyProperty.ShouldBe(true);
        pod.Volumes.Single(v => v.Name == "data").PersistentVolumeClaim.ReadOnlyProperty.ShouldBe(true);
        container.VolumeMounts.Single(m => m.MountPath == ValueOf("--cache")).ReadOnlyProperty.ShouldNotBe(true);

        string ValueOf(string option) => container.Args[container.Args.IndexOf(option) + 1];
    }

    [Fact]
    public async Task The_commands_of_all_indexes_and_then_the_merge_fill_the_cache()
    {
        await SmallData.WriteAsync(_folder["data"]);
        V1Job job = Read("extract-job.yaml");

        foreach (int index in Enumerable.Range(0, job.Spec.Completions!.Value))
        {
            var variables = new Dictionary<string, string> { ["JOB_COMPLETION_INDEX"] = $"{index}" };
            (await CommandRun.WithVariablesAsync(variables, Arguments(job))).ShouldHaveEnded(0);
        }

        (await CommandRun.WithAsync(Arguments(Read("merge-job.yaml")))).ShouldHaveEnded(0).Output
            .ShouldContain("Merged: 64 shards, 48 images added");
    }

    /// <summary>The arguments of the only container, with folders of the test in the place of its volumes.</summary>
    private string[] Arguments(V1Job job) =>
        [.. job.Spec.Template.Spec.Containers[0].Args.Select(a => a is "/data" or "/cache" ? _folder[a[1..]] : a)];

    private static V1Job Read(string name) => KubernetesYaml.Deserialize<V1Job>(File.ReadAllText(PathOf(name)), strict: true);

    private static string PathOf(string name) => Path.Combine(SharedFiles.RepositoryRoot, "deploy", "kubernetes", name);
}
