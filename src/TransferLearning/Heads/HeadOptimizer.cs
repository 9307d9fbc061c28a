namespace TransferLearning.Heads;

/// <summary>How the head's weights are found. All end near the same optimum, for the problem is convex; they differ in how soon.</summary>
public enum HeadOptimizer
{
    /// <summary>Limited-memory BFGS (Liu and Nocedal, 1989) over all images at once: the fastest for thousands of images; needs no
    /// learning rate.</summary>
    Lbfgs,

    /// <summary>Stochastic gradient descent with Nesterov's momentum (Sutskever et al., 2013) over shuffled batches.</summary>
    Nesterov,

    /// <summary>Adam (Kingma and Ba, 2015) over shuffled batches.</summary>
    Adam,
}
