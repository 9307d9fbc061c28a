namespace TransferLearning.Runtime.Training.Optimization;

/// <summary>The numbers of one step of Adam for one range of values.</summary>
/// <param name="Rate">The learning rate over the first moment's bias correction.</param>
/// <param name="Keep">The share of a weight that its decay leaves.</param>
/// <param name="Beta1">The decay of the first moment.</param>
/// <param name="Beta2">The decay of the second moment.</param>
/// <param name="SecondCorrection">1 over the root of the second moment's bias correction.</param>
/// <param name="Epsilon">What is added to the root.</param>
/// <param name="GradientScale">What gradients are multiplied by, to clip them.</param>
internal readonly record struct AdamWStep(
    float Rate, float Keep, float Beta1, float Beta2, float SecondCorrection, float Epsilon, float GradientScale);
