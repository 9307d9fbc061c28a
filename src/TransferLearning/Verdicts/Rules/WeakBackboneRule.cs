using TransferLearning.Backbones.Catalog;

namespace TransferLearning.Verdicts.Rules;

/// <summary>The small built-in network, where the larger one would make fewer mistakes.</summary>
internal sealed class WeakBackboneRule : IVerdictRule
{
    // On photos, ResNet-18 avoids 32 to 57 % of the mistakes of the small network (benchmarks/reports/backbones.md).
    private const double AvoidedShare = 1.0 / 3;

    // With fewer mistakes there is little to gain for five times the time.
    private const double MinErrorShare = 0.02;

    public ProposedStep? Propose(VerdictEvidence evidence) =>
        !evidence.IsTraining || evidence.IsNetworkFixed || evidence.Backbone != BuiltInNames.Compact || evidence.ErrorShare < MinErrorShare
            ? null
            : new ProposedStep(
                new NextStep(
                    NextStepKind.WeakBackbone,
                    "the network compact is small and fast; resnet18 makes a third fewer mistakes on most photos",
                    "WithBackbone(Backbone.ResNet18); TransferPipeline.Advise measures both on your images",
                    $"{evidence.Command.WithBackbone(BuiltInNames.ResNet18)}"),
                AvoidedShare * evidence.ErrorShare);
}
