using TransferLearning.Runtime.Operators;

namespace TransferLearning.Runtime.Steps;

/// <summary>The threads that run one image together, for steps that cannot divide their work beforehand.</summary>
internal interface IStepTeam
{
    /// <summary>Runs a computation on the first thread, while the others take parts of its loops. All threads call this.</summary>
    /// <param name="part">The number of the thread.</param>
    /// <param name="compute">The computation; called on the first thread only.</param>
    void Share(int part, Action<IWorkDivision> compute);
}
