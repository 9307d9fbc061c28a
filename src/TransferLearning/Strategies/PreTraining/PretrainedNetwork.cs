using TransferLearning.Backbones;
using TransferLearning.Models;

namespace TransferLearning.Strategies;

/// <summary>A network file that has a classifier of its own. Immutable; thread-safe.</summary>
public sealed record PretrainedNetwork
{
    /// <summary>The network's file: see <see cref="Backbone.FromFile"/>.</summary>
    public required string Path { get; init; }

    /// <summary>The file that names the class of each output: see <see cref="TransferModel.FromNetwork"/>. Default: null, for
    /// networks with ImageNet's classes.</summary>
    public string? Labels { get; init; }

    /// <summary>What the network file does not say itself, such as the preprocessing; null for the defaults. Default: null.</summary>
    public BackboneOptions? Options { get; init; }
}
